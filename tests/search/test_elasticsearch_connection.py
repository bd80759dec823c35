"""How the engine reaches its Elasticsearch: time-outs, credentials and certificates, and what its errors say."""

import json
import shutil
import ssl
import subprocess
import threading
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from search.availability import circuit
from search.engines import engine_class, get_engine
from search.engines.base import EngineError, EngineRequest, EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import SearchQuery
from search.service import search
from search.suggest import suggest
from tests.search import support

KEY = b64encode(b"id:secret").decode()


class Server(ThreadingHTTPServer):
    """Answers every request as told, and keeps what was asked."""

    status, body, silent = 200, {"hits": {"total": {"value": 7}}, "_shards": {"total": 1}}, False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []
        self.released = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.silent:
            self.server.released.wait(30)
            return
        body = json.dumps(self.server.body).encode()
        self.send_response(self.server.status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(certificate=None):
    server = Server()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def server():
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for the loopback address that signs itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl isn't installed")
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "certificate.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(made, check=True, capture_output=True)
    return paths


def port_of(server: Server) -> int:
    return server.server_address[1]


def engine_at(server: Server, user: str = "", scheme: str = "http") -> ElasticsearchEngine:
    return ElasticsearchEngine(f"{scheme}://{user}127.0.0.1:{port_of(server)}/hub")


def problem(engine: ElasticsearchEngine) -> str:
    with pytest.raises(EngineUnavailable) as caught:
        engine.count(EngineRequest())
    return str(caught.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_web_addresses_mean_elasticsearch(settings, scheme):
    settings.SEARCH_URL = f"{scheme}://search.example.org:9200/hub"
    assert engine_class() is ElasticsearchEngine


def test_user_and_password_of_the_address_are_sent_decoded(server):
    assert engine_at(server, "hub:p%40ss@").count(EngineRequest()) == 7
    [(path, authorization)] = server.asked
    assert path.startswith("/hub-v")
    assert authorization == f"Basic {b64encode(b'hub:p@ss').decode()}"


def test_an_api_key_is_sent_as_such(server, settings):
    settings.SEARCH_API_KEY = KEY
    assert engine_at(server).count(EngineRequest()) == 7
    assert server.asked[0][1] == f"ApiKey {KEY}"


def test_a_certificate_must_be_known(certificate, settings):
    with serving(certificate) as server:
        assert "certificate" in problem(engine_at(server, scheme="https"))
        settings.SEARCH_CA_CERTS = str(certificate[0])
        assert engine_at(server, scheme="https").count(EngineRequest()) == 7


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_refusals_are_an_unavailable_engine_that_names_the_setting_without_its_password(server, status):
    server.status, server.body = status, {"error": {"type": "some_exception", "reason": "not now"}}
    said = problem(engine_at(server, "hub:p%40ss@"))
    assert f"SEARCH_URL http://127.0.0.1:{port_of(server)}/hub" in said
    assert f"({status}): some_exception: not now" in said
    assert "p@ss" not in said
    assert "p%40ss" not in said


def test_a_server_that_is_down_is_named(server):
    engine = engine_at(server, "hub:p%40ss@")
    server.shutdown()
    server.server_close()
    said = problem(engine)
    assert f"SEARCH_URL http://127.0.0.1:{port_of(server)}/hub doesn't answer" in said
    assert "ss@" not in said


def test_a_slow_answer_is_asked_for_once_and_not_waited_for(server, settings):
    settings.SEARCH_TIMEOUT_SECONDS = 0.2
    server.silent = True
    assert "ConnectionTimeout" in problem(engine_at(server))
    assert len(server.asked) == 1


@pytest.mark.django_db
def test_pages_say_that_search_is_limited_and_leave_the_server_alone(server, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SEARCH_URL = f"http://127.0.0.1:{port_of(server)}/hub"
    settings.SEARCH_TIMEOUT_SECONDS = 0.2
    server.silent = True
    get_engine.cache_clear()
    circuit.reset()
    source = support.SampleSource([support.document(1, "Ojek pasar")])
    try:
        with support.only_source(source):
            pages = [search(SearchQuery(text="ojek")) for _ in range(3)]
            assert suggest("oj") == []
    finally:
        circuit.reset()
        get_engine.cache_clear()
    assert [(page.limited, page.total) for page in pages] == [(True, 1)] * 3
    assert len(server.asked) == 1


def test_only_exact_fields_can_be_completed(server):
    with pytest.raises(EngineError, match="can't be completed"):
        engine_at(server).completions("stem", "a", 3)
    assert not server.asked
