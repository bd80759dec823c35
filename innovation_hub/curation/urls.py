"""Addresses of the queue and the desk, below the admin's; who may ask for them stands beside."""

from django.urls import path

from innovation_hub.core.admin_access import CURATION, REVIEWERS, STAFF, register_admin_urls

from .views import desk, mentor_steps, oversight, queue, workflow_list

# Reviewers have a queue. A desk opens for whoever may see the entry: its policy decides (``reviews.may_open``).
QUEUE_PATTERNS = [
    path("kurasi/antrean/", queue.QueueView.as_view(), name="curation_queue"),
    path("kurasi/meja/<int:pk>/ambil/", queue.take, name="curation_take"),
    path("kurasi/meja/<int:pk>/lepas/", queue.release, name="curation_release"),
    path("kurasi/meja/<int:pk>/putuskan/", desk.decide, name="curation_decide"),
]
DESK_PATTERNS = [
    path("kurasi/meja/<int:pk>/", desk.DeskView.as_view(), name="curation_desk"),
    path("kurasi/meja/<int:pk>/entri/", desk.entry_frame, name="curation_desk_entry"),
    path("kurasi/meja/<int:pk>/catatan/", desk.note, name="curation_note"),
    path("kurasi/meja/<int:pk>/mentor/", mentor_steps.ask_again, name="curation_mentor"),
    path("kurasi/meja/<int:pk>/lewati/", mentor_steps.skip, name="curation_skip"),
    path("kurasi/meja/<int:pk>/tarik/", desk.take_entry_back, name="curation_take_back"),
]
OVERSIGHT_PATTERNS = [
    path("kurasi/ikhtisar/", oversight.OverviewView.as_view(), name="curation_overview"),
    path("kurasi/ikhtisar/<slug:code>.csv", oversight.overview_csv, name="curation_overview_csv"),
    path("kurasi/riwayat/", oversight.LogView.as_view(), name="curation_log"),
]
WORKFLOW_PATTERNS = [path("kurasi/alur/", workflow_list.WorkflowListView.as_view(), name="curation_workflows")]
urlpatterns = [*QUEUE_PATTERNS, *DESK_PATTERNS, *OVERSIGHT_PATTERNS, *WORKFLOW_PATTERNS]


def register_access() -> None:
    """Tell the gate before the admin who may ask for these addresses."""
    register_admin_urls(REVIEWERS, [pattern.name for pattern in (*QUEUE_PATTERNS, *OVERSIGHT_PATTERNS)])
    register_admin_urls(STAFF, [pattern.name for pattern in DESK_PATTERNS])
    register_admin_urls(CURATION, [pattern.name for pattern in WORKFLOW_PATTERNS])
