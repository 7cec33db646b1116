"""Finds the application that WSGI_HANDLER names, and says precisely why it cannot be found.

Runs once per process, so it is Python. Whatever only a failure needs is imported where it is needed: every
import here would be paid by every start.
"""

import sys


class LoadError(Exception):
    """The application cannot be loaded. The cause, if there is one, is an exception of its own code."""


def enter(root, variables, python_path):
    """Makes the process one that runs in the application's folder (K4)."""
    import os

    started_in = os.getcwd()
    os.environ.update(variables)
    try:
        os.chdir(root)
    except OSError as error:
        raise LoadError(f"the application's folder `{root}` cannot be entered: {error}") from None
    if sys.path[:1] != [root]:
        # The first entry is the folder in which the interpreter was started, unless it was told otherwise.
        if sys.path[:1] in ([""], [started_in]):
            sys.path[0] = root
        else:
            sys.path.insert(0, root)
    sys.path.extend(folder for folder in python_path if folder not in sys.path)


def load(handler):
    """Returns the callable that a handler such as `package.module.make_app()` names (K5)."""
    names = _parse(handler)
    # A module that was missing at the last attempt may be there now.
    sys.path_importer_cache.clear()
    module, rest = _import_longest_prefix(handler, names)
    found, place = module, f"module `{module.__name__}`"
    for name, is_called in rest:
        found = _attribute(handler, found, place, name)
        place = f"`{name}`"
        if is_called:
            found = _call(handler, found, name)
            place = f"the result of `{name}()`"
    _check_callable(handler, found)
    return found


def missing_handler(file, is_found, keys):
    """The message for a handler that nobody has set (P27)."""
    text = "WSGI_HANDLER env var must be set: it is not in the environment, "
    if not is_found:
        return text + f"and there is no `{file}`"
    if not keys:
        return text + f"and `{file}` has no <appSettings>"
    listed = ", ".join(f"`{key}`" for key in keys)
    near = _close("WSGI_HANDLER", keys)
    hint = f"; is `{near[0]}` meant to be `WSGI_HANDLER`?" if near else ""
    return text + f"and <appSettings> of `{file}` has only {listed}{hint}"


def _parse(handler):
    """Splits `a.b().c` into names, each with whether it is called. `a.b:c` is the same as `a.b.c` (P33)."""
    names = []
    for part in handler.strip().replace(":", ".").split("."):
        is_called = part.endswith("()")
        name = part[:-2] if is_called else part
        if not name.isidentifier():
            raise LoadError(
                f'"{handler}" could not be imported: write `package.module.name`, '
                "with `()` behind a name that is to be called"
            )
        names.append((name, is_called))
    if len(names) < 2:
        raise LoadError(
            f'"{handler}" could not be imported: it names a module or an application and needs both, '
            f"such as `{handler}.app`"
        )
    return names


def _import_longest_prefix(handler, names):
    """Imports as many names as are modules, never the last one, and returns the others."""
    called = [index for index, (_, is_called) in enumerate(names) if is_called]
    longest = min([len(names) - 1, *called])
    for length in range(longest, 0, -1):
        module = ".".join(name for name, _ in names[:length])
        try:
            __import__(module)
        except ModuleNotFoundError as error:
            # A module that is not there, as opposed to one whose own imports are not there (P34).
            if error.name and f"{module}.".startswith(f"{error.name}."):
                continue
            raise _import_failed(handler, module, error) from error
        except BaseException as error:
            raise _import_failed(handler, module, error) from error
        return sys.modules[module], names[length:]
    paths = ", ".join(f"`{path}`" for path in sys.path)
    raise LoadError(
        f'"{handler}" could not be imported: there is no module `{names[0][0]}` in any of {paths}'
    )


def _import_failed(handler, module, error):
    # Our own frames say nothing about the application.
    if error.__traceback__ is not None:
        error.__traceback__ = error.__traceback__.tb_next
    return LoadError(
        f'"{handler}" could not be imported: module `{module}` is there, but importing it failed with '
        f"{type(error).__name__}: {error}"
    )


def _attribute(handler, found, place, name):
    try:
        return getattr(found, name)
    except AttributeError:
        near = _nearest(name, [known for known in dir(found) if not known.startswith("__")])
        raise LoadError(
            f'"{handler}" could not be imported: {place} has no attribute `{name}`{near}'
        ) from None


def _call(handler, found, name):
    if not callable(found):
        kind = type(found).__name__
        raise LoadError(f'"{handler}" could not be imported: `{name}` is of type `{kind}`, and `()` calls it')
    try:
        return found()
    except BaseException as error:
        # Without a frame below ours the call itself failed: it was given too few arguments (P30).
        if isinstance(error, TypeError) and error.__traceback__.tb_next is None:
            raise LoadError(
                f'"{handler}" could not be imported: `{name}` cannot be called without arguments ({error}); '
                "if it is the application itself, leave out the `()`"
            ) from None
        error.__traceback__ = error.__traceback__.tb_next
        raise LoadError(
            f'"{handler}" could not be imported: `{name}()` failed with {type(error).__name__}: {error}'
        ) from error


def _check_callable(handler, found):
    if not callable(found):
        kind = type(found).__name__
        # Frameworks keep their application in one of these (P31).
        for name in ("wsgi_app", "server", "wsgi", "app", "application"):
            if callable(getattr(found, name, None)):
                hint = f"; it has `{name}`, so try `{handler}.{name}`"
                break
        else:
            hint = ""
        raise LoadError(f'"{handler}" is of type `{kind}`, which is not callable{hint}')
    if _is_coroutine_function(found) or _is_coroutine_function(getattr(type(found), "__call__", None)):
        raise LoadError(
            f'"{handler}" is an ASGI application, and only WSGI applications can be served: '
            "wrap it, or name the WSGI application of the framework"
        )


def _is_coroutine_function(function):
    """What `inspect.iscoroutinefunction` tells, without the time that importing `inspect` takes (P32)."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return bool(getattr(code, "co_flags", 0) & 0x80)


def _nearest(name, known):
    near = _close(name, known)
    return "; did you mean " + " or ".join(f"`{other}`" for other in near) if near else ""


def _close(name, known):
    """The known names that a misspelt one may stand for, nearest first."""
    import difflib

    by_lower = {other.lower(): other for other in known}
    return [by_lower[near] for near in difflib.get_close_matches(name.lower(), by_lower, n=3)]
