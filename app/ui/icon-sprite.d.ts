declare module 'virtual:icon-sprite' {
  /** Address of the one file with every icon of app/ui/icons.ts as a symbol. */
  const address: string;
  export default address;
}
