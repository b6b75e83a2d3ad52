extension SchemaChange {
    /// What happened. Where graphql-js knows the kind, it has its name.
    package enum Kind: String, CaseIterable, Sendable {
        // Breaking.
        case rootTypeRemoved = "ROOT_TYPE_REMOVED"
        case rootTypeChanged = "ROOT_TYPE_CHANGED"
        case typeRemoved = "TYPE_REMOVED"
        case typeChangedKind = "TYPE_CHANGED_KIND"
        case typeRemovedFromUnion = "TYPE_REMOVED_FROM_UNION"
        case valueRemovedFromEnum = "VALUE_REMOVED_FROM_ENUM"
        case requiredInputFieldAdded = "REQUIRED_INPUT_FIELD_ADDED"
        case inputFieldBecameRequired = "INPUT_FIELD_BECAME_REQUIRED"
        case implementedInterfaceRemoved = "IMPLEMENTED_INTERFACE_REMOVED"
        case fieldRemoved = "FIELD_REMOVED"
        case fieldChangedKind = "FIELD_CHANGED_KIND"
        case requiredArgAdded = "REQUIRED_ARG_ADDED"
        case argBecameRequired = "ARG_BECAME_REQUIRED"
        case argRemoved = "ARG_REMOVED"
        case argChangedKind = "ARG_CHANGED_KIND"
        case oneOfAdded = "ONE_OF_ADDED"
        case directiveRemoved = "DIRECTIVE_REMOVED"
        case directiveArgRemoved = "DIRECTIVE_ARG_REMOVED"
        case directiveArgChangedKind = "DIRECTIVE_ARG_CHANGED_KIND"
        case directiveArgBecameRequired = "DIRECTIVE_ARG_BECAME_REQUIRED"
        case requiredDirectiveArgAdded = "REQUIRED_DIRECTIVE_ARG_ADDED"
        case directiveRepeatableRemoved = "DIRECTIVE_REPEATABLE_REMOVED"
        case directiveLocationRemoved = "DIRECTIVE_LOCATION_REMOVED"

        // Dangerous.
        case valueAddedToEnum = "VALUE_ADDED_TO_ENUM"
        case typeAddedToUnion = "TYPE_ADDED_TO_UNION"
        case optionalInputFieldAdded = "OPTIONAL_INPUT_FIELD_ADDED"
        case optionalArgAdded = "OPTIONAL_ARG_ADDED"
        case implementedInterfaceAdded = "IMPLEMENTED_INTERFACE_ADDED"
        case argDefaultValueChange = "ARG_DEFAULT_VALUE_CHANGE"
        case inputFieldDefaultValueChange = "INPUT_FIELD_DEFAULT_VALUE_CHANGE"
        case directiveArgDefaultValueChange = "DIRECTIVE_ARG_DEFAULT_VALUE_CHANGE"
        case specifiedByURLChanged = "SPECIFIED_BY_URL_CHANGED"

        // Safe.
        case rootTypeAdded = "ROOT_TYPE_ADDED"
        case typeAdded = "TYPE_ADDED"
        case fieldAdded = "FIELD_ADDED"
        case fieldChangedKindSafe = "FIELD_CHANGED_KIND_SAFE"
        case argChangedKindSafe = "ARG_CHANGED_KIND_SAFE"
        case oneOfRemoved = "ONE_OF_REMOVED"
        case directiveAdded = "DIRECTIVE_ADDED"
        case directiveArgChangedKindSafe = "DIRECTIVE_ARG_CHANGED_KIND_SAFE"
        case optionalDirectiveArgAdded = "OPTIONAL_DIRECTIVE_ARG_ADDED"
        case directiveRepeatableAdded = "DIRECTIVE_REPEATABLE_ADDED"
        case directiveLocationAdded = "DIRECTIVE_LOCATION_ADDED"
        case deprecated = "DEPRECATED"
        case deprecationRemoved = "DEPRECATION_REMOVED"
        case deprecationReasonChanged = "DEPRECATION_REASON_CHANGED"
        case descriptionChanged = "DESCRIPTION_CHANGED"

        package var severity: Severity {
            switch self {
            case .rootTypeRemoved, .rootTypeChanged, .typeRemoved, .typeChangedKind, .typeRemovedFromUnion,
                .valueRemovedFromEnum, .requiredInputFieldAdded, .inputFieldBecameRequired,
                .implementedInterfaceRemoved, .fieldRemoved, .fieldChangedKind, .requiredArgAdded, .argBecameRequired,
                .argRemoved, .argChangedKind, .oneOfAdded, .directiveRemoved, .directiveArgRemoved,
                .directiveArgChangedKind, .directiveArgBecameRequired, .requiredDirectiveArgAdded,
                .directiveRepeatableRemoved, .directiveLocationRemoved:
                .breaking
            case .valueAddedToEnum, .typeAddedToUnion, .optionalInputFieldAdded, .optionalArgAdded,
                .implementedInterfaceAdded, .argDefaultValueChange, .inputFieldDefaultValueChange,
                .directiveArgDefaultValueChange, .specifiedByURLChanged:
                .dangerous
            case .rootTypeAdded, .typeAdded, .fieldAdded, .fieldChangedKindSafe, .argChangedKindSafe, .oneOfRemoved,
                .directiveAdded, .directiveArgChangedKindSafe, .optionalDirectiveArgAdded, .directiveRepeatableAdded,
                .directiveLocationAdded, .deprecated, .deprecationRemoved, .deprecationReasonChanged,
                .descriptionChanged:
                .safe
            }
        }

        /// Whether an operation that stays valid may get a result that it was not made for.
        var changesResults: Bool {
            [.fieldChangedKind, .typeChangedKind, .valueRemovedFromEnum, .rootTypeChanged].contains(self)
        }
    }
}
