import time
from unittest import mock

from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print the session of a user, which ends at a second of Unix time."

    def add_arguments(self, parser):
        parser.add_argument("user_id")
        parser.add_argument("ends", type=int)

    def handle(self, *, user_id, ends, **options):
        session = SessionStore()
        session["user_id"] = user_id
        begins = min(time.time(), ends - settings.SESSION_COOKIE_AGE)
        with mock.patch("time.time", return_value=begins):
            session.save()
        self.stdout.write(session.session_key)
