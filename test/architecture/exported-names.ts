import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The names a module exports, sorted, with types marked; `export *` is followed. */
export function exportedNames(file: URL): string[] {
  return ts
    .createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
    .statements.flatMap((statement) => namesOf(statement, file))
    .sort();
}

function namesOf(statement: ts.Statement, file: URL): string[] {
  if (ts.isExportDeclaration(statement)) return namesForwarded(statement, file);
  if (!isExported(statement)) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => textOf(name));
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [textOf(statement.name)];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [`type ${textOf(statement.name)}`];
  throw new Error(`${file.pathname} exports something that has no name`);
}

function namesForwarded({ exportClause, moduleSpecifier, isTypeOnly }: ts.ExportDeclaration, file: URL): string[] {
  if (exportClause && ts.isNamespaceExport(exportClause)) return [textOf(exportClause.name)];
  if (exportClause) return exportClause.elements.map((name) => (isTypeOnly || name.isTypeOnly ? 'type ' : '') + name.name.text);
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) throw new Error(`${file.pathname} forwards what cannot be found`);
  return exportedNames(new URL(moduleSpecifier.text, file));
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function textOf(name: ts.Node | undefined): string {
  return name && ts.isIdentifier(name) ? name.text : '(unnamed)';
}
