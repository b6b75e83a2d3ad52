package import GraphQL

/// What clients ask a service to learn its schema: the query that graphql-js calls the introspection query, with all
/// that September 2025 has to say.
///
/// Spec: 4 Introspection
package enum IntrospectionQuery {
    package static let text = text(typeLevels: 9)

    /// The query for types inside of that many lists and non-null marks.
    private static func text(typeLevels: Int) -> String {
        """
        query IntrospectionQuery {
          __schema {
            description
            queryType { name kind }
            mutationType { name kind }
            subscriptionType { name kind }
            types { ...FullType }
            directives {
              name
              description
              isRepeatable
              locations
              args(includeDeprecated: true) { ...InputValue }
            }
          }
        }

        fragment FullType on __Type {
          kind
          name
          description
          specifiedByURL
          isOneOf
          fields(includeDeprecated: true) {
            name
            description
            args(includeDeprecated: true) { ...InputValue }
            type { ...TypeRef }
            isDeprecated
            deprecationReason
          }
          inputFields(includeDeprecated: true) { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }

        fragment InputValue on __InputValue {
          name
          description
          type { ...TypeRef }
          defaultValue
          isDeprecated
          deprecationReason
        }

        fragment TypeRef on __Type {
          kind
          name
          \(ofType(levels: typeLevels))
        }
        """
    }

    private static func ofType(levels: Int) -> String {
        levels == 0 ? "" : "ofType { kind name \(ofType(levels: levels - 1)) }"
    }

    /// What a service with this schema answers, asked for all levels of its types.
    ///
    /// - Throws: why there is no answer, or none that can be read again; no valid schema gives cause for that.
    package static func answer(of schema: Schema) async throws(Problems) -> Value {
        let response = await DynamicExecution(schema).response(
            to: text(typeLevels: TypeWrappers.maximum), operationName: nil, variables: [], rootValue: .null)
        let answer: Value
        do throws(JSONError) {
            answer = try JSONParser.parse(response.body)
        } catch {
            throw Problems([Problem(error.description)])
        }
        guard case .list(let errors)? = answer["errors"] else { return answer }
        throw Problems(
            errors.map { error in
                guard case .string(let message)? = error["message"] else { return Problem(error.inspected) }
                return Problem(message)
            })
    }
}
