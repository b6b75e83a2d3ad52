package import GraphQL

/// Files that are read as one document: definitions of one may refer to those of another.
///
/// The texts are parsed one behind the other, each from a line of its own, so that a line of the whole tells the file.
package struct JoinedDocument: Sendable {
    package let document: Document
    private let files: [(name: String, firstLine: Int)]
    private let locations: LocationTable

    /// - Throws: for each file that is no GraphQL document, its first mistake.
    package init(_ files: [SourceFile], limits: ParserLimits = .trusted) throws(Problems) {
        var problems: [Problem] = []
        var starts: [(name: String, firstLine: Int)] = []
        var text: [UInt8] = []
        var line = 1
        for file in files {
            do throws(SyntaxError) {
                let document = try Document(parsing: file.bytes, limits: limits)
                starts.append((file.name, line))
                line += document.location(UInt32(file.bytes.count)).line
                text += file.bytes
                // The space keeps a line end apart from a carriage return that the file ends with.
                text += [UInt8(ascii: " "), UInt8(ascii: "\n")]
            } catch {
                problems.append(
                    Problem(error.message, places: [FilePlace(file: file.name, location: error.location)]))
            }
        }
        guard problems.isEmpty else { throw Problems(problems) }
        self.files = starts
        let document: Document
        do throws(SyntaxError) {
            document = try Document(parsing: text, limits: limits)
        } catch {
            throw Problems([Problem(error.message)])
        }
        self.document = document
        locations = LocationTable(document.source)
    }

    /// The place in its file of a place in the whole.
    package func place(_ location: SourceLocation) -> FilePlace {
        // Lines count from 1 and the first file begins there, so that there is one, unless there are no files at all.
        guard let file = files.last(where: { $0.firstLine <= location.line }) else {
            return FilePlace(file: "", location: location)
        }
        let line = location.line - file.firstLine + 1
        return FilePlace(file: file.name, location: SourceLocation(line: line, column: location.column))
    }

    /// The place in its file of a byte of the whole.
    package func place(_ offset: UInt32) -> FilePlace { place(locations.location(at: offset)) }

    /// What is wrong with the document, as something wrong with its files.
    package func problem(_ error: GraphQLError) -> Problem {
        Problem(error.message, file: files.count == 1 ? files[0].name : nil, places: error.locations.map(place))
    }
}
