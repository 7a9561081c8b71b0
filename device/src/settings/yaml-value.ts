import { Document, isCollection, isScalar, visit } from 'yaml';

/** A value as YAML in one line, such as can stand after a key or within brackets. */
export function inOneLine(value: unknown): string {
  return written(value, () => true).trimEnd();
}

/**
 * A value as lines of YAML without indentation. What holds only plain values stands within brackets in one line, so
 * that a point or a rectangle takes no more.
 */
export function inLines(value: unknown): string[] {
  return written(value, isShallow).trimEnd().split('\n');
}

/** Whether it would take more than one line. */
export function takesLines(value: unknown): boolean {
  return isCollectionValue(value) && !isShallow(value);
}

function written(value: unknown, isInBrackets: (value: unknown) => boolean): string {
  const document = new Document(value);
  visit(document, {
    Node: (_, node) => {
      if (isCollection(node)) node.flow = isInBrackets(node.toJS(document));
      // A text with line breaks in one line, whatever is around it.
      else if (isScalar(node) && typeof node.value === 'string' && /[\r\n]/.test(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0, minContentWidth: 0 });
}

function isShallow(value: unknown): boolean {
  if (!isCollectionValue(value)) return true;
  const values = Object.values(value);
  return values.length === 0 || !values.some(isCollectionValue);
}

function isCollectionValue(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
