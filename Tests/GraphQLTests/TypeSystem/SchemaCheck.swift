@testable import GraphQL

/// The short form of what is wrong with a schema whose definitions keep the rules of `SDLRule`.
enum SchemaCheck {
    /// The errors in the order found: the places as `line:column`, then the message.
    static func errors(_ sdl: String) throws -> [String] {
        Schema.validate([try Document(parsing: sdl)]).map { error in
            (error.places.map { "\($0.location.line):\($0.location.column)" } + [error.message])
                .joined(separator: " ")
        }
    }
}
