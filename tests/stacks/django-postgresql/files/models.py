from django.db import models


class Chat(models.Model):
    id = models.BigIntegerField(primary_key=True)
    user_id = models.TextField()


class File(models.Model):
    id = models.BigIntegerField(primary_key=True)
    chat_conversation = models.ForeignKey(Chat, models.CASCADE, related_name="files")
    name = models.TextField()
    size = models.BigIntegerField()
    type = models.TextField()
    created_at = models.DateTimeField()
    url = models.URLField(max_length=2000)
