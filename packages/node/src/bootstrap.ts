export { bootstrapScript, type BootstrapOptions, bootstrapText } from './bootstrap/bootstrap.ts';
