"""What the benchmarks ask."""

TYPENAME = "{ __typename }"

# The one that front ends send.
GET_CONNECTIONS = "query GetConnections { connections { id connectionStatus agreement { id fileName presignedUrl } } }"

CONNECTIONS = """query Connections {
  connections {
    id name connectionStatus
    agreement { id connectedOrgId fileName fileSize presignedUrl createdAt }
  }
}"""

PLAIN = "query Connections { connections { id name connectionStatus } }"

INTROSPECTION = """query IntrospectionQuery {
  __schema {
    description
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...FullType }
    directives { name description locations args { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description
  fields(includeDeprecated: true) {
    name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type {
  kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name } } } } } } }
}"""
