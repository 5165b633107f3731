// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title How a model's integers are to be read
/// @dev The bytes that a key holds the hash of: the model's name, then name and scale of input and output; at last a byte that says what users compute from the output.
/// A name is its length in four bytes and its text; a scale is a 64-bit IEEE number; all little-endian.
library ModelMetadata {
    /// @notice The bytes end early, or the scale is no positive number of a reasonable size.
    error MetadataMalformed();

    uint256 private constant WAD = 1e18;

    /// @notice The real value of one step of the output, with 18 decimals, rounded down.
    function outputScale(bytes memory metadata) internal pure returns (uint256) {
        uint256 offset = skipName(metadata, 0);
        offset = skipName(metadata, offset) + 8;
        offset = skipName(metadata, offset);
        return toWad(littleEndian(metadata, offset, 8));
    }

    function skipName(bytes memory metadata, uint256 offset) private pure returns (uint256) {
        return offset + 4 + littleEndian(metadata, offset, 4);
    }

    function littleEndian(bytes memory data, uint256 offset, uint256 size) private pure returns (uint256 value) {
        if (offset + size > data.length) revert MetadataMalformed();
        for (uint256 i = 0; i < size; i++) {
            value |= uint256(uint8(data[offset + i])) << (8 * i);
        }
    }

    /// @dev A 64-bit number is `mantissa * 2^(exponent - 1075)`, with a leading one that is not stored.
    function toWad(uint256 bits) private pure returns (uint256) {
        uint256 exponent = (bits >> 52) & 0x7ff;
        // Positive, and between 2^-123 and 2^77.
        if (bits >> 63 != 0 || exponent < 900 || exponent > 1100) revert MetadataMalformed();
        uint256 scaled = ((bits & ((1 << 52) - 1)) | (1 << 52)) * WAD;
        return exponent < 1075 ? scaled >> (1075 - exponent) : scaled << (exponent - 1075);
    }
}
