import GraphQL
import GraphQLHTTP

extension Scalar {
    /// The scalar `Upload`: its values are files of a multipart request, never JSON and never literals.
    ///
    /// `make` makes of the file what resolvers take.
    ///
    /// GraphQL multipart request specification
    static func upload(
        as make: @escaping @Sendable (UploadedFile) -> any Sendable = { $0 }
    ) -> Scalar {
        Scalar(coerceInput: { value throws(InputError) in
            guard case .opaque(let file as UploadedFile) = value else {
                throw InputError("Upload cannot represent a value that is not a file of a multipart request.")
            }
            return .opaque(make(file))
        })
    }
}
