from http import HTTPStatus

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .models import Chat

MEMBERS = ("id", "chat_conversation_id", "name", "size", "type", "created_at", "url")


@require_safe
def chat_files(request, user_id, chat_id):
    caller = request.session.get("user_id")
    if caller is None:
        return problem(401, "No valid session")
    if caller != user_id:
        return problem(404, "Chat not found")
    chat = Chat.objects.filter(pk=chat_id, user_id=user_id).first()
    if chat is None:
        return problem(404, "Chat not found")
    return JsonResponse({"chatFiles": list(chat.files.values(*MEMBERS))})


def problem(status, message):
    phrase = HTTPStatus(status).phrase
    body = {"statusCode": status, "statusMessage": phrase, "data": {"message": message}}
    return JsonResponse(body, status=status)


def bad_request(request, exception):
    return problem(400, "Bad request")


def not_found(request, exception):
    return problem(404, "Page not found")


def server_error(request):
    return problem(500, "Server error")
