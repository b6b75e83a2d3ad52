"""What the page makes of documents and variables, by table: formatting, problems, suggestions, places for files."""

SCHEMA = '''
directive @cached(seconds: Int = 60) on FIELD | QUERY
scalar Upload
scalar Moment
enum Colour { RED GREEN OLD @deprecated(reason: "Faded.") }
interface Node { id: ID! }
type Tree implements Node { id: ID! height: Float colour: Colour parent: Tree leaves(first: Int! = 10, colour: Colour): [Leaf!]! }
type Leaf implements Node { id: ID! colour: Colour! }
type Stone { weight: Int }
union Thing = Tree | Stone
input Scan { page: Int file: Upload! }
input Report { title: String! colour: Colour scans: [Scan!] cover: Upload annex: Report }
type Query { node(id: ID!): Node tree(id: ID!): Tree things: [Thing!]! count(colours: [Colour!], since: Moment): Int }
type Mutation { file(report: Report!, copies: [Upload!]): Boolean! }
'''

# name, document, what formatting makes of it
FORMATTED = [
    ('short', '{a}', '{\n  a\n}\n'),
    ('spread out', 'query   Q ( $a:Int=1 , $b : [ID!]! ) @cached { x:tree ( id :"1" ) { id,colour } }',
     'query Q($a: Int = 1, $b: [ID!]!) @cached {\n  x: tree(id: "1") {\n    id\n    colour\n  }\n}\n'),
    ('fragments', '{node(id:1){...F ...on Tree@cached{id} ...@include(if:true){id}}} fragment F on Node{id}',
     '{\n  node(id: 1) {\n    ...F\n    ... on Tree @cached {\n      id\n    }\n    ... @include(if: true) {\n      id\n    }\n  }\n}\n\n'
     'fragment F on Node {\n  id\n}\n'),
    ('comments', '# one\n{ # two\n  # three\n  a # four\n\n\n  # five\n  b\n  # six\n} # seven\n# eight',
     '# one\n{ # two\n  # three\n  a # four\n\n  # five\n  b\n  # six\n} # seven\n# eight\n'),
    ('values', '{a(b:{c:[1,2.5e3,$d],e:null,f:RED,g:{}},h:"""i\nj""")}',
     '{\n  a(b: { c: [1, 2.5e3, $d], e: null, f: RED, g: {} }, h: """i\nj""")\n}\n'),
    ('too long for a line', '{a(' + ', '.join(f'argument{n}: "a long value"' for n in range(4)) + ') { b }}',
     '{\n  a(\n' + ''.join(f'    argument{n}: "a long value"\n' for n in range(4)) + '  ) {\n    b\n  }\n}\n'),
    ('named as keywords', '{query on:type{mutation fragment on}}', '{\n  query\n  on: type {\n    mutation\n    fragment\n    on\n  }\n}\n'),
    ('described', '"About." query Q("One." $a: Int) { count }', '"About."\nquery Q("One." $a: Int) {\n  count\n}\n'),
]

# document, the problems as "words at the place: message"
PROBLEMS = [
    ('{ count }', []),
    ('{ __typename __schema { queryType { name } } __type(name: "Tree") { name } }', []),
    ('query Q($c: Colour) { tree(id: 1) { leaves(colour: $c) { id } parent { height } } things { ... on Tree { id } ... on Stone { weight } } }', []),
    ('{ count', ['t: Expected a field, found the end.']),
    ('{ count ? }', ['?: Expected a field, found "?".']),
    ('{ }', ['}: Expected a field, found "}".']),
    ('type A { b: C }', ['type: Expected an operation or a fragment, found "type".']),
    ('{ tree(id: "1) { id } }', ['"1) { id } }: Expected a value, found ""1) { id } }".']),
    ('{ cuont }', ['cuont: Cannot query field "cuont" on type "Query". Did you mean "count"?']),
    ('{ things { id } }', ['id: Cannot query field "id" on type "Thing".']),
    ('{ tree(id: 1) }', ['tree: Field "tree" of type "Tree" must have a selection of subfields: "tree { … }".']),
    ('{ count { id } }', ['count: Field "count" must not have a selection since type "Int" has no subfields.']),
    ('{ tree { id } }', ['tree: Argument "id" of type "ID!" is required, but it was not provided.']),
    ('{ tree(id: 1, idd: 2) { id } }', ['idd: Unknown argument "idd" on field "Query.tree". Did you mean "id"?']),
    ('{ tree(id: true) { id } }', ['true: Expected a value of type "ID", found true.']),
    ('{ tree(id: null) { id } }', ['null: Expected a value of type "ID!", found null.']),
    ('{ count(colours: [RED, PINK, "GREEN"]) }',
     ['PINK: "PINK" is not a value of the enum "Colour".', '"GREEN": Expected a value of the enum "Colour", found "GREEN".']),
    ('{ count(colours: RED, since: { any: [1] }) }', []),
    ('{ tree(id: 1) { leaves(first: 2147483648) { id } } }', ['2147483648: An Int has 32 bits: 2147483648 is out of range.']),
    ('{ tree(id: 1) { leaves(first: -2147483648) { id } } }', []),
    ('query Q { count } query Q { count }', ['Q: There can be only one operation named "Q".']),
    ('{ count } query Q { count }', ['{: An operation without a name must be the only operation.']),
    ('subscription { a }', ['subscription: The schema has no subscription type.']),
    ('query ($a: Int) { count }', ['$a: Variable "$a" is never used.']),
    ('{ tree(id: $a) { id } }', ['$a: Variable "$a" is not defined.']),
    ('query ($a: ID) { tree(id: $a) { id } }', ['$a: Variable "$a" of type "ID" used in position expecting type "ID!".']),
    ('query ($a: ID = 1) { tree(id: $a) { id } }', []),
    ('query ($a: Int) { tree(id: 1) { leaves(first: $a) { id } } }', []),
    ('query ($a: [Colour]) { count(colours: $a) }',
     ['$a: Variable "$a" of type "[Colour]" used in position expecting type "[Colour!]".']),
    ('query ($a: Colur) { count(colours: [$a]) }',
     ['Colur: Unknown type "Colur". Did you mean "Colour"?',
      '$a: Variable "$a" of type "Colur" used in position expecting type "Colour!".']),
    ('query ($a: Tree) { count(since: $a) }',
     ['Tree: Variable "$a" cannot be of the output type "Tree".', '$a: Variable "$a" of type "Tree" used in position expecting type "Moment".']),
    ('query ($a: Int = "1") { tree(id: 1) { leaves(first: $a) { id } } }', ['"1": Expected a value of type "Int", found "1".']),
    ('query ($a: ID!) { ...F } fragment F on Query { tree(id: $a) { id } }', []),
    ('query Q { ...F } fragment F on Query { tree(id: $a) { id } }', ['$a: Variable "$a" is not defined.']),
    ('{ ...F }', ['F: Unknown fragment "F".']),
    ('{ count } fragment F on Tree { id }', ['F: Fragment "F" is never used.']),
    ('{ node(id: 1) { ...F } } fragment F on Node { ...F }', ['F: Fragment "F" contains itself.']),
    ('{ node(id: 1) { ... on Stone { weight } } }', ['Stone: A "Node" can never be a "Stone".']),
    ('{ node(id: 1) { ... on Colour { a } } }', ['Colour: A fragment cannot be on "Colour", which has no fields.']),
    ('{ count @cached(seconds: "1") @skip }',
     ['"1": Expected a value of type "Int", found "1".', '@skip: Argument "if" of type "Boolean!" is required, but it was not provided.']),
    ('{ ...F @cached count @nothing } fragment F on Query { count }',
     ['@cached: Directive "@cached" may not be used here.', '@nothing: Unknown directive "@nothing".']),
    ('{ count @cached @cached }', ['@cached: The directive "@cached" can be used only once here.']),
    ('mutation { file(report: { title: 1, colour: RED, size: 2 }) }',
     ['1: Expected a value of type "String", found 1.', 'size: Field "size" is not defined by type "Report".']),
    ('mutation { file(report: { colour: RED }) }', ['{ colour: RED }: Field "Report.title" of type "String!" is required.']),
    ('mutation { file(report: { title: "a", cover: "b" }) }',
     ['"b": A file is sent as a variable, and chosen below the variables.']),
]

OPERATION = 'mutation M($report: Report!, $copies: [Upload!], $first: Int) { file(report: $report, copies: $copies) }'

# variables for OPERATION, the problems
VARIABLE_PROBLEMS = [
    ('', ['Variable "$report" of type "Report!" has no value.']),
    ('{', ['Expected a name in quotes, found the end.']),
    ('{"report": {"title": "a"}} x', ['Expected the end, found "x".']),
    ('{"report": {"title": "a",}}', ['Expected a name in quotes, found "}".']),
    ('{"report": {"title": "\\x"}}', ['This string has a wrong escape or a control character.']),
    ('{"report": {"title": "a"}, "first": 01}', ['01 is no number.']),
    ('{"first": 1, "first": 2}', ['There are two "first".']),
    ('[]', ['The variables must be a JSON object.']),
    ('{"report": {"title": "a", "colour": "RED", "scans": [{"page": 1}], "cover": null}}', []),
    ('{"report": {"title": "a", "colour": "PINK"}, "frist": 1}',
     ['"PINK" is not a value of the enum "Colour".', 'The operation has no variable "$frist". Did you mean "first"?']),
    ('{"report": {"title": 1, "scans": [{"page": "1"}]}, "first": 1.5}',
     ['Expected a value of type "String", found 1.', 'Expected a value of type "Int", found "1".', 'Expected a value of type "Int", found 1.5.']),
]

# a document with the caret as ¦, the labels suggested
SUGGESTED = [
    ('¦', ['query', 'mutation', 'fragment']),
    ('mu¦', ['mutation']),
    ('{ ¦ }', ['node', 'tree', 'things', 'count', '__typename']),
    ('{ t¦ }', ['tree', 'things', 'count', '__typename']),
    ('query Q($a: Int) { tree(id: 1) { pa¦', ['parent']),
    ('{ tree(id: 1) { parent { id } lea¦ } }', ['leaves']),
    ('{ things { ... on Tree { hei¦ } } }', ['height']),
    ('{ things { ... on ¦', ['Node', 'Tree', 'Stone', 'Thing']),
    ('{ things { ...¦ } } fragment F on Stone { weight } fragment G on Leaf { id }', ['on', 'F']),
    ('{ tree(¦', ['id']),
    ('{ tree(id: 1) { leaves(first: 1, ¦) } }', ['colour']),
    ('{ tree(id: 1) { leaves(colour: ¦) } }', ['RED', 'GREEN', 'OLD', 'null']),
    ('query Q($c: Colour, $i: ID!) { tree(id: 1) { leaves(colour: $¦) } }', ['$c']),
    ('{ count(colours: [RED, ¦]) }', ['RED', 'GREEN', 'OLD']),
    ('mutation { file(report: { title: "a", ¦ }) }', ['colour', 'scans', 'cover', 'annex']),
    ('mutation { file(report: { scans: [{ ¦ }] }) }', ['page', 'file']),
    ('query Q($a: [Col¦', ['Colour']),
    ('query Q($a: ¦', ['Upload', 'Moment', 'Colour', 'ID', 'Float', 'Int', 'Scan', 'Report', 'String', 'Boolean']),
    ('fragment F on Le¦', ['Leaf']),
    ('{ count @¦ }', ['@cached', '@include', '@skip']),
    ('query @¦ { count }', ['@cached']),
    ('{ count @cached(¦) }', ['seconds']),
    ('{ count } # a¦', None),
    ('{ tree(id: "a¦") { id } }', None),
]

# variables for OPERATION with the caret as ¦, the texts suggested
SUGGESTED_VARIABLES = [
    ('¦', ['{\n  "report": null,\n  "copies": [],\n  "first": null\n}']),
    ('{ ¦ }', ['"report": ', '"copies": ', '"first": ']),
    ('{ "re¦" }', ['"report": ']),
    ('{ "re¦": 1 }', ['"report"']),
    ('{ "report": { "title": "a", ¦ } }', ['"colour": ', '"scans": ', '"cover": ', '"annex": ']),
    ('{ "report": { "colour": ¦ } }', ['"RED"', '"GREEN"', '"OLD"', 'null']),
    ('{ "report": { "scans": [{ "page": 1 }, { ¦ }] } }', ['"page": ', '"file": ']),
    ('{ "report": { "title": "a" }, ¦ }', ['"copies": ', '"first": ']),
]

# variables for OPERATION, the places for files
PLACES = [
    ('', ['variables.report.cover', 'variables.copies []']),
    ('{"report": {"title": "a", "scans": [{}, {"page": 2}], "annex": {"title": "b"}}}',
     ['variables.report.scans.0.file', 'variables.report.scans.1.file', 'variables.report.cover', 'variables.report.annex.cover',
      'variables.copies []']),
]

HARNESS = '''([schema, tables]) => {
    const made = new Schema(schema);
    const operation = parseDocument(tables.operation).definitions[0];
    const words = (text, problem) => text.slice(problem.start, Math.max(problem.end, problem.start + 1));
    const found = text => { try { return problemsIn(parseDocument(text), made); } catch (problem) { return [problem]; } };
    const caret = text => [text.replace("¦", ""), text.indexOf("¦")];
    const node = text => { try { return parseJSON(text); } catch { return undefined; } };
    return {
        formatted: tables.documents.map(text => formatDocument(text)),
        again: tables.documents.map(text => formatDocument(formatDocument(text))),
        problems: tables.problems.map(text => found(text).map(problem => `${words(text, problem)}: ${problem.message}`)),
        variableProblems: tables.variables.map(text => problemsInVariables(text, operation, made).map(({ message }) => message)),
        suggested: tables.carets.map(text => completeDocument(...caret(text), made)?.items.map(({ label }) => label) ?? null),
        suggestedVariables: tables.variableCarets.map(text =>
            completeVariables(...caret(text), operation, made)?.items.map(({ insert }) => insert) ?? null),
        places: tables.places.map(text => placesForFiles(operation, node(text), made).map(({ path, isList }) => path + (isList ? " []" : ""))),
        moved: JSON.stringify(takenApart(made)),
    };
    function takenApart() {
        const variables = parseJSON('{"a": {"b": [{"c": 12345678901234567890}]}, "d": 1}');
        const none = { kind: "null", text: "null" };
        for (const path of ["variables.a.b.0.file", "variables.e.f", "variables.d"]) placeValue(variables, path, none);
        return printJSON(variables);
    }
}'''


def differences(page):
    """Compares every table with what the page's own functions say. Yields a text for each difference."""
    import graphql
    schema = graphql.introspection_from_schema(
        graphql.build_schema(SCHEMA), specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True)
    tables = {
        'operation': OPERATION,
        'documents': [document for _, document, _ in FORMATTED],
        'problems': [document for document, _ in PROBLEMS],
        'variables': [text for text, _ in VARIABLE_PROBLEMS],
        'carets': [text for text, _ in SUGGESTED],
        'variableCarets': [text for text, _ in SUGGESTED_VARIABLES],
        'places': [text for text, _ in PLACES],
    }
    answers = page.evaluate(HARNESS, [schema['__schema'], tables])
    for name, cases in [
        ('formatted', [case[1:] for case in FORMATTED]), ('again', [case[1:] for case in FORMATTED]), ('problems', PROBLEMS),
        ('variableProblems', VARIABLE_PROBLEMS), ('suggested', SUGGESTED),
        ('suggestedVariables', SUGGESTED_VARIABLES), ('places', PLACES),
    ]:
        for (case, expected), answer in zip(cases, answers[name], strict=True):
            if answer != expected:
                yield f'{name}: {case}\n  expected {expected!r}\n  got      {answer!r}'
    moved = '"{\\"a\\":{\\"b\\":[{\\"c\\":12345678901234567890,\\"file\\":null}]},\\"d\\":null,\\"e\\":{\\"f\\":null}}"'
    if answers['moved'] != moved:
        yield f'places of files: {answers["moved"]}'
