"""Every address, by area. French nouns (design: stable names others rely on)."""

from django.urls import include, path

handler400 = "jonction.ui.views.unreadable"
handler500 = "jonction.ui.views.failure"
urlpatterns = [
    path("", include("jonction.home.urls")),
    path("", include("jonction.accounts.urls")),
    path("", include("jonction.ui.urls")),
    path("compte/", include("allauth.account.urls")),
    path("compte/securite/", include("allauth.mfa.urls")),
    path("fichiers/", include("jonction.core.urls")),
    path("imports/", include("jonction.imports.urls")),
    path("territoires/", include("jonction.territories.urls")),
    path("concertations/", include("jonction.governance.urls")),
    path("demarches/", include("jonction.cycle.urls")),
    path("ethique/", include("jonction.ethics.urls")),
    path("accompagnement/", include("jonction.support.urls")),
]
