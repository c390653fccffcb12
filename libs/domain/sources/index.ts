// The register of sources and the conversation that discovers them.
export * from './terms';
export * from './discovered';
