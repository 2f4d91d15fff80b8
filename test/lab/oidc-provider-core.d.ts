// @types/oidc-provider describes the package's entry only; provider.ts says why the lab enters by another door.
declare module 'oidc-provider/lib/provider.js' {
  export { Provider } from 'oidc-provider';
}
