/// Documents that hold every construct of the grammar, in canonical form.
enum KitchenSink {
    static let executable = #"""
        "Describes the operation"
        query Sink($complex: Complex, $site: Site = MOBILE, $list: [[Int!]]! = [[1], []] @onVariable) @onQuery {
          whoever123is: node(id: [123, 456]) {
            id
            ... on User @onInlineFragment {
              field2 {
                id
                alias: field1(first: 10, after: $complex) @include(if: $site) {
                  id
                  ...frag @onFragmentSpread
                }
              }
            }
            ... @skip(unless: $complex) {
              id
            }
            ... {
              id
            }
          }
        }

        mutation Like @onMutation {
          like(story: 123, weight: -1.5e+10) @onField {
            story {
              id @onField
            }
          }
        }

        subscription Likes(
          "Describes the variable"
          $input: Input @onVariable
        ) @onSubscription {
          likes(input: $input) {
            count
          }
        }

        """Describes the fragment"""
        fragment frag on Friend @onFragment {
          foo(
            size: $size
            bar: $b
            obj: {key: "value", block: """
            block string uses \"""
            """, nested: {list: [ENUM, null, true, false, 1, 2.5, "é \" \\ \u0007"]}}
          )
        }

        query ($anonymous: Boolean) {
          unnamed(truthy: true, falsy: false, nullish: null)
          query
        }

        {
          __typename
        }
        """#

    static let typeSystem = #"""
        """This is the schema."""
        schema @onSchema {
          query: Query
          mutation: Mutation
        }

        """
        This is `Foo`,
        on two lines.
        """
        type Foo implements Bar & Baz @onObject {
          "A field"
          one(argument: [String!]! = ["a"] @onArgument): Type @onField
          two(
            "An argument"
            argument: InputType!
            other: String
          ): [Type!]!
        }

        type Empty

        extend type Foo implements Two

        extend type Foo {
          three: Int
        }

        interface Bar implements Baz {
          one: Type
        }

        extend interface Bar @onInterface

        union Feed @onUnion = Story | Article

        union Nothing

        extend union Feed = Photo

        scalar DateTime @specifiedBy(url: "https://example.com")

        extend scalar DateTime @onScalar

        enum Site @onEnum {
          "A value"
          DESKTOP @onEnumValue
          MOBILE
        }

        extend enum Site {
          VR
        }

        input InputType @onInput {
          key: String! @onInputField
          answer: Int = 42
        }

        extend input InputType {
          other: Float = 1.23e4
        }

        "A directive"
        directive @include2(if: Boolean! = true @onArgument) repeatable on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        extend schema @onSchema {
          subscription: Subscription
        }
        """#
}
