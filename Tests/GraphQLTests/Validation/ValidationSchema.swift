@testable import GraphQL

/// The schema that the rules are tested against, and the short form of their errors.
enum ValidationSchema {
    static let sdl = """
        schema { query: QueryRoot subscription: Subscription }

        directive @onQuery on QUERY
        directive @onSubscription on SUBSCRIPTION
        directive @onField(unless: Boolean) on FIELD
        directive @onFragmentDefinition on FRAGMENT_DEFINITION
        directive @onFragmentSpread on FRAGMENT_SPREAD
        directive @onInlineFragment on INLINE_FRAGMENT
        directive @onVariableDefinition on VARIABLE_DEFINITION
        directive @tag(name: String!) repeatable on FIELD

        interface Mammal { mother: Mammal, father: Mammal }
        interface Pet { name(surname: Boolean): String }
        interface Canine implements Mammal { name(surname: Boolean): String, mother: Canine, father: Canine }
        enum DogCommand { SIT HEEL DOWN }
        type Dog implements Pet & Mammal & Canine {
          name(surname: Boolean): String
          nickname: String
          barkVolume: Int
          barks: Boolean
          doesKnowCommand(dogCommand: DogCommand): Boolean
          isHouseTrained(atOtherHomes: Boolean = true): Boolean
          isAtLocation(x: Int, y: Int): Boolean
          mother: Dog
          father: Dog
        }
        type Cat implements Pet {
          name(surname: Boolean): String
          nickname: String
          meows: Boolean
          meowVolume: Int
          furColor: FurColor
        }
        union CatOrDog = Cat | Dog
        type Human { name(surname: Boolean): String, pets: [Pet], relatives: [Human]! }
        enum FurColor { BROWN BLACK TAN SPOTTED }
        scalar Anything

        input ComplexInput {
          requiredField: Boolean!
          nonNullField: Boolean! = false
          intField: Int
          stringField: String
          stringListField: [String]
          nested: ComplexInput
        }
        input OneOfInput @oneOf { stringField: String, intField: Int }

        type ComplicatedArgs {
          int(value: Int): String
          nonNullInt(value: Int!): String
          string(value: String): String
          boolean(value: Boolean): String
          float(value: Float): String
          id(value: ID): String
          enum(value: FurColor): String
          stringList(value: [String]): String
          strictList(value: [String!]!): String
          matrix(value: [[Int]]): String
          complex(value: ComplexInput): String
          oneOf(value: OneOfInput): String
          anything(value: Anything): String
          multipleReqs(req1: Int!, req2: Int!): String
          multipleOpts(opt1: Int = 0, opt2: Int = 0): String
          nonNullWithDefault(value: Int! = 0): String
        }

        type IntBox { scalar: Int, unrelated: String, deep: IntBox }
        type StringBox { scalar: String, unrelated: String, deep: StringBox, list: [StringBox] }
        type NonNullBox { scalar: String!, deep: IntBox }
        union Box = IntBox | StringBox | NonNullBox

        type QueryRoot {
          human(id: ID): Human
          dog: Dog
          cat: Cat
          pet: Pet
          catOrDog: CatOrDog
          args: ComplicatedArgs
          box: Box
          oneBox: IntBox
        }
        type Subscription { newDog: Dog, newCat: Cat }
        """

    private static let schema = Result { try Schema(Document(parsing: sdl)) }

    /// The errors of one rule in the order found: the places as `line:column`, then the message.
    static func errors(of rule: ValidationRule, in document: String) throws -> [String] {
        try errors(of: [rule], in: document)
    }

    static func errors(
        of rules: ValidationRules, in document: String, scalar: (String) -> Scalar = { .named($0) }
    ) throws -> [String] {
        let schema = try schema.get()
        let scalars = ContiguousArray(schema.types.map { scalar($0.name) })
        return schema.validate(try Document(parsing: document), scalars: scalars, rules: rules).map { error in
            (error.locations.map { "\($0.line):\($0.column)" } + [error.message]).joined(separator: " ")
        }
    }
}
