import json
from pathlib import Path

from django.core.management.base import BaseCommand

from files.models import Chat, File


class Command(BaseCommand):
    help = "Store the chats and files of a JSON file."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        for chat in json.loads(path.read_text("utf-8"))["chats"]:
            Chat.objects.create(id=chat["id"], user_id=chat["userId"])
            File.objects.bulk_create(File(**file) for file in chat["files"])
