"""Documents laid out anew, and damaged in ways that keep most of their sense."""

from graphql.language import Lexer, Source, TokenKind

PUNCTUATORS = ["{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "=", "|", "&", "..."]
LITERALS = ["1", "-0", "2147483648", "1.5", "1e400", '"text"', '"""block"""', "true", "null", "NAME", "[]", "[1]", "{}", "{k: 1}", "$v1"]
BROKEN = ['"', '"\\q"', '"\\u12"', "01", "1.", "1x", ".5", "..", "%", "'a'", "\u0007", '"open\nstring"', '"""open', "-", "é", "?"]
KEYWORDS = ["query", "mutation", "subscription", "fragment", "on", "true", "null", "type", "extend", "input"]


def tokens(text):
    """The spelling of each token."""
    source = Source(text)
    lexer = Lexer(source)
    found = []
    while True:
        token = lexer.advance()
        if token.kind == TokenKind.EOF:
            return found
        found.append(text[token.start : token.end])


def laid_out(random, spellings):
    """The tokens with random ignored ones between them."""
    style = random.randrange(4)
    line_end = random.choice(["\n", "\n", "\r\n", "\r"])
    if style == 0:
        return " ".join(spellings)
    parts = []
    for spelling in spellings:
        roll = random.random()
        if roll < 0.15:
            parts.append(line_end + " " * random.randrange(6))
        elif roll < 0.18:
            comment = random.choice(["note", "é 😀", 'quote "', "{"])
            parts.append(f" # {comment}{line_end}")
        elif roll < 0.22:
            parts.append(random.choice([",", "\t", " , ", "\ufeff", line_end * 2]))
        elif parts:
            parts.append(" ")
        parts.append(spelling)
    return "".join(parts)


class Damage:
    """Changes the tokens of a document. `names` are those that its schema has."""

    def __init__(self, random, names):
        self.random = random
        self.names = names

    def is_name(self, spelling):
        return spelling[0].isalpha() or spelling[0] == "_"

    def is_literal(self, spelling):
        return spelling[0] in '"-0123456789' or spelling in ("true", "false", "null")

    def some(self, spellings, condition):
        positions = [position for position, spelling in enumerate(spellings) if condition(spelling)]
        return self.random.choice(positions) if positions else None

    def group(self, spellings):
        """The range of a bracketed group of tokens."""
        start = self.some(spellings, lambda spelling: spelling in "{([")
        if start is None:
            return None
        depth = 0
        for position in range(start, len(spellings)):
            depth += (spellings[position] in "{([") - (spellings[position] in "})]")
            if depth == 0:
                return start, position + 1
        return None

    def meaning(self, spellings):
        """One change after which the document most likely still parses."""
        random = self.random
        spellings = list(spellings)
        form = random.randrange(12)
        if form <= 3:
            position = self.some(spellings, self.is_name)
            if position is not None:
                spellings[position] = random.choice(self.names if form else [s for s in spellings if self.is_name(s)])
        elif form <= 5:
            position = self.some(spellings, self.is_literal)
            if position is not None:
                spellings[position] = random.choice(LITERALS)
        elif form == 6:
            found = self.group(spellings)
            if found:
                del spellings[slice(*found)]
        elif form == 7:
            found = self.group(spellings)
            if found:
                spellings[found[1] : found[1]] = spellings[slice(*found)]
        elif form == 8:
            # What is between two brackets once more: fields, arguments and members occur twice then.
            found = self.group(spellings)
            if found:
                start, end = found
                spellings[end - 1 : end - 1] = spellings[start + 1 : end - 1]
        elif form == 9:
            position = self.some(spellings, lambda spelling: spelling == "$")
            if position is not None:
                spellings[position + 1] = random.choice(["v1", "v2", "missing"])
        elif form == 10:
            position = self.some(spellings, lambda spelling: spelling == "!")
            if position is not None:
                del spellings[position]
        else:
            position = self.some(spellings, lambda spelling: spelling == "}")
            if position is not None:
                spellings[position:position] = random.choice(
                    [["...Fragment1"], ["..."] + ["{", "id", "}"], [random.choice(self.names)], ["x", ":", "id"], ["@skip"]]
                )
        return spellings

    def grammar(self, spellings):
        """One change after which the document may no longer parse."""
        random = self.random
        spellings = list(spellings)
        position = random.randrange(len(spellings))
        form = random.randrange(7)
        if form == 0:
            del spellings[position]
        elif form == 1:
            spellings.insert(position, spellings[random.randrange(len(spellings))])
        elif form == 2:
            other = random.randrange(len(spellings))
            spellings[position], spellings[other] = spellings[other], spellings[position]
        elif form == 3:
            spellings[position] = random.choice(PUNCTUATORS)
        elif form == 4:
            spellings.insert(position, random.choice(BROKEN))
        elif form == 5:
            spellings[position] = random.choice(KEYWORDS + LITERALS)
        else:
            del spellings[position:]
        return spellings
