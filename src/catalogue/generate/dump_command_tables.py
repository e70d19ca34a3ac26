"""Dumps the AWS CLI's command tables as JSON.

The CLI imports this module through its legacy plugin setting (`[plugins] cli_legacy_plugin_path`) and calls
`awscli_initialize`. It walks the tables of a fresh driver that has no plugins, every customization applied, the way
`awscli.autocomplete` builds `ac.index`, writes the file that CATALOGUE_DUMP names and ends the process.
"""

import json
import os
import sys

FORMAT = 1


def awscli_initialize(_event_hooks):
    out = os.environ.pop("CATALOGUE_DUMP", None)
    if out is None:
        return
    os.environ["AWS_CONFIG_FILE"] = os.devnull
    status = 1
    try:
        with open(out, "w", encoding="utf-8") as file:
            json.dump(dump(), file, indent=None, separators=(",", ":"), sort_keys=True)
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        # The CLI catches exceptions of plugins, and would go on to run the command.
        os._exit(status)


def dump():
    import awscli
    from awscli.clidriver import create_clidriver
    from botocore.loaders import Loader

    driver = create_clidriver()
    table = driver.subcommand_table
    return {
        "format": FORMAT,
        "version": awscli.__version__,
        "data": Loader.BUILTIN_DATA_PATH,
        "globals": arguments(driver.arg_table),
        "handlers": handlers(),
        "commands": {name: command(name, table[name]) for name in sorted(table)},
    }


# Where botocore's own code sees a request after its parameters were read and before it is sent.
MOMENTS = ("before-call", "before-endpoint-resolution", "request-created", "before-sign", "before-send")


def handlers():
    from botocore.handlers import BUILTIN_HANDLERS

    seen = {plain(row[1]) for row in BUILTIN_HANDLERS if row[0].split(".")[0] in MOMENTS}
    return sorted(seen)


def command(name, found):
    """One command and all below it."""
    if type(found).__name__ == "LazyCommand":
        found = found._resolve()
    row = {"class": class_of(found)}
    if getattr(found, "_UNDOCUMENTED", False):
        row["undocumented"] = True
    row.update(service(found))
    row.update(operation(found))
    # In this order, as the CLI itself does: building the table of `s3 sync` registers its strategies, `--delete` among
    # them, which then add their own options. `data/ac.index` was made without and has none of them.
    children = getattr(found, "subcommand_table", None) or {}
    args = arguments(getattr(found, "arg_table", None) or {})
    if args:
        row["arguments"] = args
    if children:
        row["commands"] = {child: command(child, children[child]) for child in sorted(children)}
    return row


def service(found):
    """The model behind a service's command; `loader_name` is the folder under `botocore/data`."""
    if type(found).__name__ != "ServiceCommand":
        return {}
    model = found.service_model
    return {
        "service": {
            "loader_name": found._service_name,
            "api_version": model.api_version,
            "service_id": str(model.service_id),
            "signing_name": model.signing_name,
            "endpoint_prefix": model.endpoint_prefix,
            "protocol": model.metadata.get("protocol"),
        }
    }


def operation(found):
    """The API operation behind a command, and which waiter when it waits."""
    model = getattr(found, "_operation_model", None)
    if model is None:
        return {}
    row = {"operation": model.name, "model": model.service_model.service_name}
    caller = getattr(found, "_operation_caller", None)
    waiter = getattr(caller, "_waiter_name", None)
    if waiter is not None:
        row["waiter"] = waiter
    if caller is not None:
        row["caller"] = class_of(caller)
    return row


def arguments(table):
    """The arguments in the table's own order, which decides positionals."""
    return [argument(key, table[key]) for key in table]


def argument(key, arg):
    row = {
        "name": arg.name,
        "class": class_of(arg),
        "type": arg.cli_type_name,
    }
    if key != arg.name:
        row["key"] = key
    if getattr(arg, "required", False):
        row["required"] = True
    if getattr(arg, "positional_arg", False):
        row["positional"] = True
    if getattr(arg, "_UNDOCUMENTED", False):
        row["undocumented"] = True
    if getattr(arg, "synopsis", ""):
        row["synopsis"] = arg.synopsis
    if getattr(arg, "group_name", None) is not None:
        row["group"] = arg.group_name
    serialized = getattr(arg, "_serialized_name", None)
    if serialized is not None:
        row["serialized"] = serialized
    model = getattr(arg, "argument_model", None)
    if model is not None:
        row["shape"] = model.name
        row["shape_type"] = model.type_name
        if model.name == "InputShape" and model.type_name in ("structure", "list", "map"):
            row["schema"] = schema(model)
    row.update(parser_row(arg))
    return row


def schema(shape):
    """The shape of a customization's own argument: it is in code, so no model file has it."""
    row = {"type": shape.type_name}
    if getattr(shape, "enum", None):
        row["enum"] = list(shape.enum)
    if shape.type_name == "structure":
        row["members"] = {name: schema(shape.members[name]) for name in shape.members}
    if shape.type_name == "list":
        row["member"] = schema(shape.member)
    if shape.type_name == "map":
        row["value"] = schema(shape.value)
    return row


class Recorder:
    """Stands in for argparse and keeps what an argument asks of it."""

    def __init__(self):
        self.calls = []

    def add_argument(self, *names, **keywords):
        self.calls.append((names, keywords))


def parser_row(arg):
    recorder = Recorder()
    try:
        arg.add_to_parser(recorder)
    except NotImplementedError:
        return {"unparsed": True}
    if len(recorder.calls) != 1:
        raise ValueError(f"{arg.name}: {len(recorder.calls)} calls of add_argument")
    ((names, keywords),) = recorder.calls
    keywords = dict(keywords)
    keywords.pop("help", None)
    row = {"flags": list(names)}
    for key in ("action", "nargs", "dest", "metavar", "const"):
        if keywords.get(key) is not None:
            row["argparse_" + key] = plain(keywords.pop(key))
        keywords.pop(key, None)
    if keywords.get("choices") is not None:
        row["choices"] = [plain(choice) for choice in keywords["choices"]]
    if keywords.get("type") is not None:
        row["argparse_type"] = plain(keywords["type"])
    if keywords.get("required"):
        row["argparse_required"] = True
    if keywords.get("default") is not None:
        row["default"] = plain(keywords["default"])
    left = sorted(set(keywords) - {"choices", "type", "required", "default"})
    if left:
        row["argparse_other"] = left
    return row


def class_of(thing):
    kind = type(thing)
    return f"{kind.__module__}.{kind.__qualname__}"


def plain(value):
    """A value as JSON can hold it; what it cannot hold is named by its class."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    if isinstance(value, type) or callable(value):
        return getattr(value, "__qualname__", class_of(value))
    return class_of(value)
