from django.urls import path

from jonction.accounts import views

app_name = "accounts"
urlpatterns = [
    path("demo/connexion/", views.demo_sign_in, name="demo_sign_in"),
    path("langue/", views.language_choose, name="language_choose"),
    path("compte/", views.account, name="account"),
    path("compte/logout/", views.sign_out, name="sign_out"),  # before allauth's own
    path("compte/seance/", views.session_whose, name="session_whose"),
    path("compte/coordonnees/", views.person_edit, name="person_edit"),
    path("compte/nouvelles/", views.news_choose, name="news_choose"),
    path("compte/quitter-partout/", views.sessions_end, name="sessions_end"),
    path("compte/accords/<slug:purpose>/donner/", views.consent_give, name="consent_give"),
    path("compte/accords/<slug:purpose>/retirer/", views.consent_withdraw, name="consent_withdraw"),
    path("compte/renseignements/", views.own_data, name="own_data"),
    path("compte/renseignements/emporter/", views.own_data_export, name="own_data_export"),
    path("compte/renseignements/effacer/", views.person_forget, name="person_forget"),
    path("personnes/<int:pk>/renseignements/", views.person_data, name="person_data"),
    path(
        "personnes/<int:pk>/renseignements/emporter/",
        views.person_data_export,
        name="person_data_export",
    ),
    path(
        "personnes/<int:pk>/renseignements/effacer/",
        views.person_data_forget,
        name="person_data_forget",
    ),
    path("compte/courriels/", views.message_list, name="message_list"),
    path("compte/courriels/<int:pk>/", views.message_detail, name="message_detail"),
]
