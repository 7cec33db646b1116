"""A library that lends vinyl records: the shelf for everybody, the desk in the admin pages."""
