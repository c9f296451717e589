from django.urls import path

from files import views

urlpatterns = [path("api/users/<str:user_id>/chats/<int:chat_id>/files", views.chat_files)]

handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.server_error
