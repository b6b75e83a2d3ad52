import GraphQL

extension SchemaDiff {
    mutating func compareDirectives() {
        for directive in old.directives {
            let coordinate = SchemaCoordinate.directive(directive.name)
            guard let successor = new.directive(named: directive.name) else {
                report(.directiveRemoved, coordinate, "\(coordinate) was removed.")
                continue
            }
            compareDescriptions(directive.description, successor.description, coordinate)
            compareInputValues(directive.arguments, successor.arguments, .directiveArgument) { argument in
                .directiveArgument(directive: directive.name, name: argument)
            }
            if directive.isRepeatable, !successor.isRepeatable {
                report(.directiveRepeatableRemoved, coordinate, "\(coordinate) is no longer repeatable.")
            } else if !directive.isRepeatable, successor.isRepeatable {
                report(.directiveRepeatableAdded, coordinate, "\(coordinate) is repeatable now.")
            }
            for location in directive.locations where !successor.locations.contains(location) {
                report(
                    .directiveLocationRemoved, coordinate, "\(coordinate) is no longer allowed on \(location.rawValue)."
                )
            }
            for location in successor.locations where !directive.locations.contains(location) {
                report(.directiveLocationAdded, coordinate, "\(coordinate) is allowed on \(location.rawValue) now.")
            }
        }
        for directive in new.directives where old.directive(named: directive.name) == nil {
            report(.directiveAdded, .directive(directive.name), "@\(directive.name) was added.")
        }
    }
}
