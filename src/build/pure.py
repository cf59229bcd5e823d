"""A plugin of setuptools that leaves out what a compiler would make, so that the wheel is for every platform."""


def leave_out(distribution):
    distribution.ext_modules = None
    # Of setuptools-rust, where it is there.
    if getattr(distribution, "rust_extensions", None):
        distribution.rust_extensions = []


# After the plugins that turn what they were given into extensions.
leave_out.order = 1000
