"""How dates and numbers are written, a module a language: Django's FORMAT_MODULE_PATH."""
