"""What stands in the place of a `[project]`, read as one."""


class Unread(Exception):
    """A form that its tool reads and nothing here does."""


def as_project(source, fields):
    """By what reads each field in the source: of what can't be read it says that only the build knows it."""
    said, dynamic = {}, []
    for key, read in fields.items():
        try:
            value = read(source)
        except (AttributeError, KeyError, TypeError, ValueError, Unread):
            dynamic.append(key)
        else:
            said.update({} if value is None else {key: value})
    return {**said, "dynamic": dynamic}
