/**
 * A text as a template of External Secrets that comes out as that very text: Go's templates and Alertmanager's own have the same braces,
 * so those of the text are said as strings.
 */
export const asTemplate = (text: string): string => text.replace(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`);
