from django.urls import path

from jonction.core import views

app_name = "core"
urlpatterns = [
    path("<uuid:token>/", views.attachment, name="attachment"),
    path("<uuid:token>/retirer/", views.attachment_remove, name="attachment_remove"),
    path("<slug:word>/<int:pk>/ajouter/", views.attachment_add, name="attachment_add"),
]
