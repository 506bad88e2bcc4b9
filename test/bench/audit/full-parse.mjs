import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

/**
 * What calls ask for, by TypeScript's own parser and its own account of what names stand for: every file is parsed, whatever it says.
 * Gives lines `file:line:column key`, with `?` for a key that is no constant.
 */
export function readsByFullParse(root, calls, isIgnored) {
  const files = filesBelow(root).filter((file) => !isIgnored(relative(root, file).split(sep).join('/')));
  const options = {
    allowJs: true,
    noLib: true,
    noEmit: true,
    types: [],
    jsx: ts.JsxEmit.Preserve,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const patterns = calls.map(({ callee, key = 0 }) => ({ names: callee.split('.'), key }));
  const wanted = new Set(files);
  const all = program.getSourceFiles().filter(({ fileName }) => wanted.has(fileName));
  return { files: all.length, reads: readsIn({ all, checker, patterns, root }) };
}

const code = /\.[cm]?[jt]sx?$/;
const mostBytes = 2_097_152;

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
    return entry.isFile() && code.test(entry.name) && statSync(path).size <= mostBytes && !readFileSync(path).includes(0)
      ? [path]
      : [];
  });
}

function readsIn({ all, checker, patterns, root }) {
  const asked = all.flatMap((file) => callsIn(file));
  const reads = [];
  /** Functions that hand a parameter on as a key: the function, and which. */
  const wrappers = [];
  const handed = [];
  const take = (call, argument) => {
    for (const key of keysOf(argument, checker)) {
      if (key.parameter) {
        handed.push({ call, argument, of: key.parameter.parent });
        const index = key.parameter.parent.parameters.indexOf(key.parameter);
        if (!wrappers.some(({ of, at }) => of === key.parameter.parent && at === index))
          wrappers.push({ of: key.parameter.parent, at: index, called: false });
      } else reads.push(line(root, argument, key.text));
    }
  };
  const direct = asked.filter((call) => {
    const pattern = patterns.find(({ names }) => matches(call.expression, names, checker));
    const argument = pattern && call.arguments[pattern.key];
    if (argument) take(call, argument);
    return pattern !== undefined;
  });
  const rest = asked.filter((call) => !direct.includes(call)).map((call) => ({ call, of: functionOf(call.expression, checker) }));
  for (const wrapper of wrappers) {
    for (const { call } of rest.filter(({ of }) => of === wrapper.of)) {
      wrapper.called = true;
      if (call.arguments[wrapper.at]) take(call, call.arguments[wrapper.at]);
    }
  }
  const uncalled = handed.filter(({ of }) => !wrappers.some((wrapper) => wrapper.of === of && wrapper.called));
  return [...new Set([...reads, ...uncalled.map(({ argument }) => line(root, argument))])].toSorted((one, other) =>
    one < other ? -1 : 1,
  );
}

function line(root, node, key = '?') {
  const file = node.getSourceFile();
  const { line: row, character } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(root, file.fileName).split(sep).join('/')}:${row + 1}:${character + 1} ${key}`;
}

function callsIn(file) {
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.arguments.length > 0) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The names of `a.b.c`, also of what was taken out of it under another name. */
function chainsOf(node, checker) {
  const written = writtenChain(node);
  const declaration = ts.isIdentifier(node) ? declarationOf(node, checker) : undefined;
  if (!declaration) return [written];
  if (
    ts.isBindingElement(declaration) &&
    ts.isVariableDeclaration(declaration.parent.parent) &&
    declaration.parent.parent.initializer
  ) {
    const name = (declaration.propertyName ?? declaration.name).text;
    return [written, [...writtenChain(declaration.parent.parent.initializer), name]];
  }
  if (
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer &&
    ts.isPropertyAccessExpression(skip(declaration.initializer))
  ) {
    return [written, writtenChain(declaration.initializer)];
  }
  return [written];
}

function writtenChain(node) {
  const inner = skip(node);
  if (ts.isIdentifier(inner)) return [inner.text];
  if (inner.kind === ts.SyntaxKind.ThisKeyword) return ['this'];
  if (ts.isPropertyAccessExpression(inner)) return [...writtenChain(inner.expression), inner.name.text];
  if (ts.isElementAccessExpression(inner) && ts.isStringLiteral(inner.argumentExpression)) {
    return [...writtenChain(inner.expression), inner.argumentExpression.text];
  }
  if (ts.isElementAccessExpression(inner)) return [...writtenChain(inner.expression), ''];
  return ts.isCallExpression(inner) || ts.isAwaitExpression(inner) ? writtenChain(inner.expression) : [];
}

/** Compilers write `(0, a.b)(…)` for `a.b(…)`. */
function skip(node) {
  const inner = ts.skipOuterExpressions(node, ts.OuterExpressionKinds.All);
  return ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.CommaToken ? skip(inner.right) : inner;
}

function matches(callee, names, checker) {
  return chainsOf(callee, checker).some((chain) => {
    if (names.length === 1 ? chain.length !== 1 : chain.length < names.length) return false;
    const end = chain.slice(-names.length);
    return names.every((name, index) => name === '*' || name === end[index]);
  });
}

function declarationOf(node, checker) {
  let symbol = checker.getSymbolAtLocation(node);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.valueDeclaration;
}

/** The function that a name or a member stands for. */
function functionOf(node, checker) {
  const inner = skip(node);
  const name = ts.isPropertyAccessExpression(inner) ? inner.name : inner;
  const declaration = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? declarationOf(name, checker) : undefined;
  if (declaration && ts.isFunctionLike(declaration)) return declaration;
  const value =
    declaration && 'initializer' in declaration && declaration.initializer ? skip(declaration.initializer) : undefined;
  return value && ts.isFunctionLike(value) ? value : undefined;
}

const unknown = {};

/** The constants that an expression may be; a parameter of a function; or what is neither. */
function keysOf(node, checker, depth = 0) {
  const inner = skip(node);
  if (depth > 20) return [unknown];
  if (ts.isStringLiteralLike(inner)) return [{ text: inner.text }];
  if (ts.isConditionalExpression(inner))
    return [inner.whenTrue, inner.whenFalse].flatMap((one) => keysOf(one, checker, depth + 1));
  if (ts.isBinaryExpression(inner) && ts.isLogicalOrCoalescingBinaryOperator(inner.operatorToken.kind)) {
    return [inner.left, inner.right].flatMap((one) => keysOf(one, checker, depth + 1));
  }
  if (ts.isTemplateExpression(inner)) {
    const parts = inner.templateSpans.flatMap(({ expression, literal }) => [
      keysOf(expression, checker, depth + 1),
      [{ text: literal.text }],
    ]);
    return joined([[{ text: inner.head.text }], ...parts]);
  }
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return joined([inner.left, inner.right].map((one) => keysOf(one, checker, depth + 1)));
  }
  if (ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner)) return ofName(inner, checker, depth);
  return [unknown];
}

/** Texts put together: every combination, if all of them are known. */
function joined(parts) {
  if (parts.some((choices) => choices.some(({ text }) => text === undefined))) return [unknown];
  return parts.reduce(
    (starts, ends) => starts.flatMap((start) => ends.map((end) => ({ text: start.text + end.text }))),
    [{ text: '' }],
  );
}

function ofName(node, checker, depth) {
  const declaration = declarationOf(ts.isPropertyAccessExpression(node) ? node.name : node, checker);
  if (!declaration) return [unknown];
  if (ts.isParameter(declaration) && ts.isIdentifier(declaration.name) && ts.isFunctionLike(declaration.parent))
    return [{ parameter: declaration }];
  const isConstant =
    ts.isPropertyAssignment(declaration) ||
    ts.isEnumMember(declaration) ||
    (ts.isVariableDeclaration(declaration) && ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const);
  return isConstant && declaration.initializer ? keysOf(declaration.initializer, checker, depth + 1) : [unknown];
}
