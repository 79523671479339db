/** What editors need to know of state files beside their schema, as Visual Studio Code has it in its settings. */
export const editorSettings = {
  // As a map: that is what a late value is to the schema. Older servers know no type behind the colon, and take a text.
  'yaml.customTags': ['!late scalar:mapping'],
} as const
