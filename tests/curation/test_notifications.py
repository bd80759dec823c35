"""Wagtail's workflow mails: none about entries, the usual ones about pages."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowTask
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from innovation_hub.curation.notifications import NOTIFIERS
from innovation_hub.curation.services import reviews
from tests.curation.world import make_world, review_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_no_mail_about_an_entry_whatever_happens_to_it(mailoutbox):
    world = make_world()
    returned, published = world.submitted(), world.submitted()
    reviews.send_back(returned, actor=world.institution, reason="data-kurang", comment="Lengkapi.")
    reviews.approve(published, actor=world.institution)
    reviews.approve(review_of(published.entry), actor=world.curator)
    assert mailoutbox == []


def test_pages_keep_wagtails_mails(mailoutbox):
    reviewer, writer = UserFactory(), UserFactory()
    group = Group.objects.create(name="Redaksi")
    reviewer.groups.add(group)
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=root, permission_type="change")
    task = GroupApprovalTask.objects.create(name="Redaksi")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Kabar")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = root.add_child(instance=Page(title="Kabar", slug="kabar", live=False, locale_id=root.locale_id))
    page.save_revision(user=writer)
    workflow.start(page, writer)
    assert [mail.to for mail in mailoutbox] == [[reviewer.email]]


@pytest.mark.parametrize("signal", [task_submitted, workflow_submitted, workflow_approved, workflow_rejected])
def test_each_signal_has_one_notifier_and_it_is_ours(signal):
    ours = {id(notifier) for _signal, _sender, _uid, notifier in NOTIFIERS}
    uids = {uid for _signal, _sender, uid, _notifier in NOTIFIERS}
    receivers = [(key, receiver) for key, receiver, *_rest in signal.receivers if key[0] in uids]
    assert len(receivers) == 1
    found = receivers[0][1]
    assert id(found() if not hasattr(found, "can_handle") else found) in ours
