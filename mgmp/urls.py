from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

handler400 = "frontend.errors.bad_request"
handler403 = "frontend.errors.refused"
handler404 = "frontend.errors.not_found"
handler429 = "frontend.errors.too_many"
handler500 = "frontend.errors.broken"

# The admin too asks for the code from the second device, and counts wrong guesses.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/", include("api.urls")),
    path("", include("frontend.urls")),
]
