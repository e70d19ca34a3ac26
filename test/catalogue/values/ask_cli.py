"""Answers, inside of the frozen AWS CLI, how it reads option values.

The CLI imports this module through its legacy plugin setting (`[plugins] cli_legacy_plugin_path`) and calls
`awscli_initialize`. Questions are JSON lines in the file that ASK_QUESTIONS names, answers go to the one that ASK_ANSWERS
names. Files are not read: what would be loaded stands in the answer as a `file`. Only the text of a question is put into a file
and read by the CLI.
"""

import json
import os
import tempfile


class Loaded(str):
    """Stands for what a file holds."""


def load(_prefix, path, mode=None):
    return Loaded(path)


def awscli_initialize(_event_hooks):
    status = 1
    try:
        answer_all(os.environ["ASK_QUESTIONS"], os.environ["ASK_ANSWERS"])
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        # The CLI catches exceptions of plugins, and would go on to run the command.
        os._exit(status)


def answer_all(questions, answers):
    from awscli import paramfile

    for prefix in paramfile.LOCAL_PREFIX_MAP:
        paramfile.LOCAL_PREFIX_MAP[prefix] = (load, {})
    with open(questions, encoding="utf-8") as lines, open(answers, "w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(answer(json.loads(line))) + "\n")


def answer(question):
    try:
        return {"value": plain(READERS[question["read"]](question))}
    except Exception as problem:
        return {"refused": type(problem).__name__}


def read_shorthand(question):
    from awscli.shorthand import ShorthandParser

    return ShorthandParser().parse(question["text"])


def read_json(question):
    from collections import OrderedDict

    from botocore.compat import json as the_json

    return the_json.loads(question["text"], object_pairs_hook=OrderedDict)


# The next two take the steps of `awscli.clidriver` and `awscli.arguments.CLIArgument.add_to_params`.
def read_words(question):
    argument = Argument(question["shape"])
    value = question["words"]
    if argument.argument_model.type_name != "list":
        (value,) = value
    value = loaded(argument, value)
    return value if isinstance(value, Loaded) else unpacked(argument, value)


def read_file(question):
    return unpacked(Argument(question["shape"]), from_file(question["text"]))


def from_file(text):
    from awscli.paramfile import get_file

    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        return get_file("file://", "file://" + file.name, mode="r")


def loaded(argument, value):
    from awscli.paramfile import LOCAL_PREFIX_MAP, URIArgumentHandler

    event = "load-cli-arg.%s.%s" % (argument.operation, argument.name)
    found = URIArgumentHandler(dict(LOCAL_PREFIX_MAP))(event_name=event, param=argument, value=value)
    return value if found is None else found


def unpacked(argument, value):
    from awscli.argprocess import ParamShorthandParser, unpack_cli_arg

    event = "process-cli-arg.%s" % argument.operation
    parsed = ParamShorthandParser()(argument, value, event)
    return unpack_cli_arg(argument, value) if parsed is None else parsed


class Argument:
    """An option of a shape, in an operation that treats the shape as the question says."""

    cli_name = "--instances"
    name = py_name = "instances"

    def __init__(self, shape):
        from botocore.model import ShapeResolver

        old = isinstance(shape, dict)
        self.operation = "elb.register-instances-with-load-balancer" if old else "ec2.run-instances"
        shapes = dict(SHAPES)
        if old:
            shapes["Only"] = {"type": "structure", "members": {shape["listOfOnly"]: {"shape": "Text"}}}
        name = "list-of-only" if old else shape
        self.argument_model = ShapeResolver(shapes).get_shape_by_name(name)


SHAPES = {
    "Text": {"type": "string"},
    "Any": {"type": "structure", "members": {}},
    "scalar": {"type": "string"},
    "json": {"type": "structure", "members": {}, "document": True},
    "list": {"type": "list", "member": {"shape": "Text"}},
    "list-of-json": {"type": "list", "member": {"shape": "json"}},
    "list-of-structures": {"type": "list", "member": {"shape": "Any"}},
    "list-of-only": {"type": "list", "member": {"shape": "Only"}},
    "structure": {"type": "structure", "members": {}},
    "map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "structure-of-value": {"type": "structure", "members": {"Value": {"shape": "Text"}}},
}

READERS = {"shorthand": read_shorthand, "json": read_json, "words": read_words, "file": read_file}


def plain(value):
    """A value as nested lists that keep its types: JSON alone can not tell a file from text, or hold an infinity."""
    if isinstance(value, Loaded):
        return ["file", str(value)]
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bool):
        return ["boolean", value]
    if value is None:
        return ["null"]
    if isinstance(value, int):
        return ["integer", str(value)]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, dict):
        return ["map", [[key, plain(each)] for key, each in value.items()]]
    return ["list", [plain(each) for each in value]]
