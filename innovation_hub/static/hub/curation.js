/* The desk's frame grows to the height of its entry, so that there is one scroll bar; without this it scrolls by itself. */
for (const frame of document.querySelectorAll("[data-hub-frame]")) {
  const fit = () => {
    const page = frame.contentDocument;
    if (!page || !page.body) return;
    frame.height = page.body.scrollHeight;
    new ResizeObserver(() => { frame.height = page.body.scrollHeight; }).observe(page.body);
  };
  frame.addEventListener("load", fit);
  if (frame.contentDocument && frame.contentDocument.readyState === "complete") fit();
}
