"""Is a signed file what it says it is? Its outside, its signer, its content, its figures computed again."""
