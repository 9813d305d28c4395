"""The screens of the vendors' corner, one module per idea; `streets.portal.guard` stands before each."""
