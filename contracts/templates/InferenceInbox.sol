// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "../src/interfaces/IInferenceVerifier.sol";
import {IModelRegistry} from "../src/interfaces/IModelRegistry.sol";
import {CodeStorage} from "../src/libraries/CodeStorage.sol";
import {KeyFormat, Shape} from "../src/libraries/KeyFormat.sol";
import {ModelMetadata} from "../src/libraries/ModelMetadata.sol";

/// @title Verified outputs of one model
/// @notice The smallest useful consumer of proofs: it keeps what a proof showed, for whoever wants to read it. Start your own contract from it: what `submit` does once the
/// verifier has not reverted is yours to choose; what it does before that is what keeps copied, repeated and foreign proofs out.
contract InferenceInbox {
    /// @notice The model keeps its output private or shows a hash of it alone, so there is nothing to keep here.
    error OutputNotPublic();
    /// @notice This requester has submitted nothing under this nonce.
    error NothingSubmitted(address requester, uint256 nonce);

    /// @notice A proof was accepted.
    /// @param inputHash keccak256 of the input's bytes.
    /// @param output Packed big-endian integers in two's complement, `outputWidth` bytes each.
    event Verified(address indexed requester, uint256 indexed nonce, bytes32 inputHash, bytes output);

    struct Inference {
        bytes32 inputHash;
        uint64 time;
        bytes output;
    }

    IInferenceVerifier public immutable verifier;
    bytes32 public immutable modelId;
    address public immutable key;
    /// @notice Bytes of one value of the output.
    uint256 public immutable outputWidth;
    /// @notice Real value of one step of the output; 18 decimals.
    uint256 public immutable outputScale;

    /// @notice The nonce that a requester's next proof has to be made for.
    mapping(address requester => uint256) public nonces;
    mapping(address requester => mapping(uint256 nonce => Inference)) private inferences;

    /// @param registry Where the model is registered.
    /// @param acceptsInsecureSetup True only for development: then anyone can forge proofs.
    constructor(IInferenceVerifier verifier_, IModelRegistry registry, bytes32 modelId_, bool acceptsInsecureSetup) {
        (verifier, modelId) = (verifier_, modelId_);
        key = acceptsInsecureSetup ? registry.key(modelId_) : registry.secureKey(modelId_);
        (, Shape shape) = KeyFormat.load(key);
        if (shape.outputVisibility() != KeyFormat.PUBLIC) revert OutputNotPublic();
        outputWidth = shape.outputWidth();
        outputScale = ModelMetadata.outputScale(CodeStorage.read(registry.metadata(modelId_)));
    }

    /// @notice Keeps an output, if the proof shows that the model gives it for this input, and was made for this contract, the caller and their next nonce.
    /// @param input As the verifier takes it: packed integers, the hash of a committed input, or nothing where it is private.
    /// @return nonce Under which it can be read.
    function submit(bytes calldata input, bytes calldata output, bytes calldata proof) external returns (uint256 nonce) {
        nonce = nonces[msg.sender]++;
        verifier.verify(key, msg.sender, nonce, input, output, proof);

        // From here on the output is proven. Replace the rest by what your contract is for.
        inferences[msg.sender][nonce] = Inference(keccak256(input), uint64(block.timestamp), output);
        emit Verified(msg.sender, nonce, keccak256(input), output);
    }

    /// @notice What was proven.
    /// @return inputHash keccak256 of the input's bytes.
    /// @return time Of the block, in seconds.
    /// @return output Packed integers.
    function inference(address requester, uint256 nonce) public view returns (bytes32 inputHash, uint64 time, bytes memory output) {
        Inference storage found = inferences[requester][nonce];
        if (found.time == 0) revert NothingSubmitted(requester, nonce);
        return (found.inputHash, found.time, found.output);
    }

    /// @notice The proven output as numbers with 18 decimals.
    function values(address requester, uint256 nonce) external view returns (int256[] memory scaled) {
        (,, bytes memory output) = inference(requester, nonce);
        scaled = unpack(output, outputWidth);
        for (uint256 i = 0; i < scaled.length; i++) {
            scaled[i] *= int256(outputScale);
        }
    }

    /// @dev Big-endian integers in two's complement; an arithmetic shift extends their sign.
    function unpack(bytes memory packed, uint256 width) internal pure returns (int256[] memory integers) {
        integers = new int256[](packed.length / width);
        uint256 unused = 256 - 8 * width;
        for (uint256 i = 0; i < integers.length; i++) {
            uint256 value;
            for (uint256 j = i * width; j < (i + 1) * width; j++) {
                value = (value << 8) | uint8(packed[j]);
            }
            integers[i] = int256(value << unused) >> unused;
        }
    }
}
