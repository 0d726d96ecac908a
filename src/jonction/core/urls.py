from django.urls import path

from jonction.core import views

app_name = "core"
urlpatterns = [path("<uuid:token>/", views.attachment, name="attachment")]
