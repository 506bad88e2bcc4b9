import type { BindingPattern, Node, ParamPattern, TSType } from 'oxc-parser';
import { nameOfKey } from './names.ts';
import type { Binding, FunctionNode, Path, Placed, Scope } from './scope.ts';

interface Declared {
  readonly name: string;
  readonly path: Path;
  /** Absent where the pattern takes something that has no name: an element, a rest. */
  readonly tells: boolean;
  readonly type: TSType | undefined;
}

/** The names that a pattern declares, each with the way to what it takes. */
function declaredBy(pattern: BindingPattern | ParamPattern, path: Path = [], tells = true): Declared[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, path, tells, type: pattern.typeAnnotation?.typeAnnotation }];
    case 'AssignmentPattern':
      return declaredBy(pattern.left, path, tells);
    case 'TSParameterProperty':
      return declaredBy(pattern.parameter, path, tells);
    case 'RestElement':
      return declaredBy(pattern.argument, path, false);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? declaredBy(element, path, false) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        if (property.type === 'RestElement') return declaredBy(property.argument, path, false);
        const name = nameOfKey(property);
        return declaredBy(property.value, [...path, name ?? ''], tells && name !== undefined);
      });
  }
}

/** Declares a variable's names. */
export function declareVariable(scope: Scope, id: BindingPattern, init: Placed | undefined): void {
  const whole = 'typeAnnotation' in id ? id.typeAnnotation?.typeAnnotation : undefined;
  for (const { name, path, tells, type } of declaredBy(id)) {
    scope.names.set(name, tells ? { sort: 'value', init, path, type: type ?? whole, later: [] } : { sort: 'unknown' });
  }
}

/** Declares a function's parameters. */
export function declareParameters(scope: Scope, of: FunctionNode): void {
  of.params.forEach((parameter, index) => {
    const type = typeOf(parameter);
    for (const { name, path, tells } of declaredBy(parameter)) {
      const binding: Binding = tells ? { sort: 'parameter', of, index, path, type, later: [] } : { sort: 'unknown' };
      scope.names.set(name, binding);
    }
  });
}

/** The type that was written for a parameter as a whole. */
function typeOf(parameter: Node): TSType | undefined {
  if (parameter.type === 'TSParameterProperty') return typeOf(parameter.parameter);
  if (parameter.type === 'AssignmentPattern') return typeOf(parameter.left);
  return 'typeAnnotation' in parameter && parameter.typeAnnotation?.type === 'TSTypeAnnotation'
    ? parameter.typeAnnotation.typeAnnotation
    : undefined;
}
