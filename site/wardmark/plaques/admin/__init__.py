"""The screens of the plaques in Wagtail's admin."""
