import Foundation

extension String {
    /// The path from the root, without `.`, `..` and a slash at its end; a relative one starts at the working directory.
    var absolutePath: String {
        URL(filePath: self).absoluteURL.standardized.path
    }
}
