"""How the files of the site are served: each under a name that its content decides."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Name by their content the modules that a module imports, too: never two ages together."""

    support_js_module_import_aggregation = True
