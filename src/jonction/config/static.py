"""How the files of the site are served: each under a name that its content decides."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rename what our modules import, too: two ages of the site never meet in one page.

    Django can do it for every module, but then some that come with libraries, and that no page
    uses, stop the collection.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "support/*.js",
            (
                (
                    r"""(?m)^(?P<matched>import(?P<what>[^"';]+)from "(?P<url>\./[^"]+)";)""",
                    """import%(what)sfrom "%(url)s";""",
                ),
            ),
        ),
    )
