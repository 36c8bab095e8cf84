import type { FastifySchemaCompiler } from 'fastify';
import { IsInteger, IsObject, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Clean } from 'typebox/value';
import { invalid } from '../invalid.ts';

/**
 * Holds requests to their schemas, in the same words as events. A body is taken as it is: a number is no text, null is nothing.
 * What no schema names is left out, so that nothing a client adds is ever stored or taken for something of ours.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const numbers = httpPart === 'body' ? [] : numbersIn(schema);
  return (given: unknown) => {
    // Where all can be left out, so can the body.
    const value = Clean(schema, httpPart === 'body' ? (given ?? {}) : withNumbers(given, numbers));
    return validator.Check(value) ? { value } : { error: invalid(validator.Errors(value)) };
  };
};

function numbersIn(schema: TSchema): string[] {
  if (!IsObject(schema)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]) => (IsInteger(property) ? [name] : []));
}

/** In a URL everything is text. */
function withNumbers(given: unknown, names: readonly string[]): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const value: { [name: string]: unknown } = { ...given };
  for (const name of names) {
    const text = value[name];
    if (typeof text === 'string' && /^\d{1,16}$/.test(text)) value[name] = Number(text);
  }
  return value;
}
