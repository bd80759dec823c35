"""Addresses of the pages about accounts; included below ``i18n_patterns``, so each exists in both languages."""

from django.urls import path

from .views import account, getting_in

urlpatterns = [
    path("daftar/", getting_in.register, name="register"),
    path("daftar/konfirmasi/<str:token>/", getting_in.register_confirm, name="register_confirm"),
    path("sandi/lupa/", getting_in.password_forgotten, name="password_forgotten"),
    path("sandi/baru/<str:token>/", getting_in.password_new, name="password_new"),
    path("undangan/<str:token>/", getting_in.invitation, name="invitation"),
    path("akun/", account.account, name="account"),
    path("akun/sandi/", account.change_password, name="account_password"),
    path("akun/alamat/", account.change_address, name="account_address"),
    path("akun/alamat/<str:token>/", account.address_confirm, name="address_confirm"),
    path("akun/tutup/", account.close, name="account_close"),
]
