from django.contrib import admin
from django.urls import include, path

handler403 = "frontend.errors.refused"
handler404 = "frontend.errors.not_found"
handler500 = "frontend.errors.broken"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/", include("api.urls")),
    path("", include("frontend.urls")),
]
