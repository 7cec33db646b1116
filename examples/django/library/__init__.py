"""The project: settings, addresses, and the object that the server calls. The app itself is `records`."""
