import type { CallExpression, Class, Expression, JSXOpeningElement, Node } from 'oxc-parser';
import { declareParameters, declareVariable } from './declare.ts';
import { chainOf, nameOfKey } from './names.ts';
import { lookUp, scopeIn, type FunctionNode, type Placed, type Scope } from './scope.ts';

const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
const isClass = (node: Node): node is Class => node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

const blocks = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'CatchClause',
  'SwitchStatement',
  'StaticBlock',
]);

interface Assignment {
  readonly name: string;
  readonly scope: Scope;
  readonly value: Placed | undefined;
}

/** What one walk through a tree finds out. */
export class Survey {
  readonly root = scopeIn(undefined, true);
  readonly calls: Placed<CallExpression>[] = [];
  readonly elements: Placed<JSXOpeningElement>[] = [];
  readonly specifiers = new Set<string>();
  readonly inside = new Map<FunctionNode, Scope>();
  readonly returned = new Map<FunctionNode, Placed[]>();
  readonly assigned = new Map<Class, Map<string, Placed[]>>();
  readonly scopes: Scope[] = [this.root];
  readonly #within: Scope[] = [this.root];
  readonly #opened: Node[] = [];
  readonly #functions: FunctionNode[] = [];
  readonly #assignments: Assignment[] = [];

  get #scope(): Scope {
    return this.#within.at(-1) ?? this.root;
  }

  readonly enter = (node: Node, parent: Node | undefined): void => {
    this.#declare(node, parent);
    this.#open(node, parent);
    this.#note(node);
  };

  readonly leave = (node: Node): void => {
    if (this.#opened.at(-1) === node) {
      this.#opened.pop();
      this.#within.pop();
    }
    if (isFunction(node)) this.#functions.pop();
  };

  /** What is assigned counts for the name wherever the assignment stands. */
  settleAssignments(): void {
    for (const { name, scope, value } of this.#assignments) {
      const binding = lookUp(name, scope)?.binding;
      if (binding && 'later' in binding) binding.later.push(value);
    }
  }

  #open(node: Node, parent: Node | undefined): void {
    if (isFunction(node)) this.#openFunction(node, parent);
    else if (isClass(node)) this.#push(node, scopeIn(this.#scope, true, node));
    else if (node.type === 'TSModuleBlock') this.#openNamespace(node, parent);
    else if (blocks.has(node.type)) this.#push(node, scopeIn(this.#scope));
  }

  #openNamespace(node: Node, parent: Node | undefined): void {
    const name = parent?.type === 'TSModuleDeclaration' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
    const before = name === undefined ? undefined : this.#scope.namespaces.get(name);
    const scope = before ?? scopeIn(this.#scope, true);
    if (name !== undefined) this.#scope.namespaces.set(name, scope);
    this.#push(node, scope);
  }

  #push(node: Node, scope: Scope): void {
    this.scopes.push(scope);
    this.#within.push(scope);
    this.#opened.push(node);
  }

  /** `this` goes on into arrows; in other functions it is the class's only if they are its methods. */
  #openFunction(node: FunctionNode, parent: Node | undefined): void {
    const keepsThis = node.type === 'ArrowFunctionExpression' || parent?.type === 'MethodDefinition';
    const scope = scopeIn(this.#scope, true, keepsThis ? this.#scope.self : undefined);
    if (node.type === 'FunctionExpression' && node.id) scope.names.set(node.id.name, { sort: 'function', node });
    declareParameters(scope, node);
    this.inside.set(node, scope);
    this.returned.set(node, []);
    this.#functions.push(node);
    this.#push(node, scope);
    if (node.type === 'ArrowFunctionExpression' && node.expression) this.#return(node, node.body as Expression, scope);
  }

  #return(from: FunctionNode | undefined, node: Expression, scope: Scope): void {
    if (from) this.returned.get(from)?.push({ node, scope });
  }

  #declare(node: Node, parent: Node | undefined): void {
    switch (node.type) {
      case 'VariableDeclarator': {
        const hoists = parent?.type === 'VariableDeclaration' && parent.kind === 'var';
        const init = node.init ? { node: node.init, scope: this.#scope } : undefined;
        declareVariable(hoists ? varsOf(this.#scope) : this.#scope, node.id, init);
        break;
      }
      case 'FunctionDeclaration':
        if (node.id) this.#scope.names.set(node.id.name, { sort: 'function', node });
        break;
      case 'ClassDeclaration':
        if (node.id) this.#scope.names.set(node.id.name, { sort: 'class', node });
        break;
      case 'TSEnumDeclaration':
        this.#scope.names.set(node.id.name, { sort: 'enum', node });
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        this.#scope.types.set(node.id.name, node);
        break;
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) {
          const name = importedName(specifier);
          this.#scope.names.set(specifier.local.name, { sort: 'import', from: node.source.value, name });
        }
        break;
      case 'TSImportEqualsDeclaration':
        if (node.moduleReference.type === 'TSExternalModuleReference') {
          const from = node.moduleReference.expression.value;
          this.#scope.names.set(node.id.name, { sort: 'import', from, name: 'default' });
        }
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#assignTo(node.left, undefined);
        break;
      default:
    }
  }

  #note(node: Node): void {
    const scope = this.#scope;
    switch (node.type) {
      case 'CallExpression':
        this.calls.push({ node, scope });
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') this.#noteSource(node.arguments[0]);
        break;
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        this.#noteSource(node.source);
        break;
      case 'TSExternalModuleReference':
        this.#noteSource(node.expression);
        break;
      case 'JSXOpeningElement':
        this.elements.push({ node, scope });
        break;
      case 'ReturnStatement':
        if (node.argument) this.#return(this.#functions.at(-1), node.argument, scope);
        break;
      case 'AssignmentExpression':
        this.#assignTo(
          node.left,
          node.operator === '=' || node.operator === '??=' || node.operator === '||=' ? node.right : undefined,
        );
        break;
      case 'UpdateExpression':
        this.#assignTo(node.argument, undefined);
        break;
      default:
    }
  }

  #noteSource(source: Node | null | undefined): void {
    if (source?.type === 'Literal' && typeof source.value === 'string') this.specifiers.add(source.value);
  }

  #assignTo(target: Node, value: Expression | undefined): void {
    const scope = this.#scope;
    if (target.type === 'Identifier') {
      this.#assignments.push({ name: target.name, scope, value: value && { node: value, scope } });
    } else if (target.type === 'MemberExpression' && target.object.type === 'ThisExpression' && scope.self && value) {
      this.#assignToThis(scope.self, chainOf(target).at(-1) ?? '', { node: value, scope });
    } else if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern') {
      for (const part of partsOf(target)) this.#assignTo(part, undefined);
    }
  }

  #assignToThis(self: Class, member: string, value: Placed): void {
    const members = this.assigned.get(self) ?? new Map<string, Placed[]>();
    this.assigned.set(self, members);
    members.set(member, [...(members.get(member) ?? []), value]);
  }
}

function varsOf(from: Scope): Scope {
  return from.holdsVars || !from.parent ? from : varsOf(from.parent);
}

function importedName(
  specifier: Extract<Node, { type: 'ImportSpecifier' | 'ImportDefaultSpecifier' | 'ImportNamespaceSpecifier' }>,
) {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return nameOfKey({ key: specifier.imported, computed: false }) ?? '';
}

function partsOf(pattern: Extract<Node, { type: 'ObjectPattern' | 'ArrayPattern' }>): Node[] {
  const parts: readonly (Node | null)[] = pattern.type === 'ArrayPattern' ? pattern.elements : pattern.properties;
  return parts.flatMap((part): Node[] => {
    if (!part) return [];
    if (part.type === 'Property') return [part.value];
    if (part.type === 'RestElement' || part.type === 'SpreadElement') return [part.argument];
    return part.type === 'AssignmentPattern' ? [part.left] : [part];
  });
}
