import 'react';

declare module 'react' {
  interface InputHTMLAttributes<T> {
    /** Folder picker; every engine has it, React's types do not. */
    webkitdirectory?: '';
    /** Makes the type parameter used, as the merged declaration must have it. */
    'data-element'?: T;
  }
}
